"""Files of full size in the publishers' layouts, all of it invented, and what mapping them takes."""
