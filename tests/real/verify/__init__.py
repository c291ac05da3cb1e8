"""An independent count of what a release should say: raw files by the csv and json modules, the release by SPARQL."""
