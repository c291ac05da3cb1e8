"""What must not be published: the suppression list, generalised places, erased postcodes. No e-mails: see `model`."""
