"""``/origine``: « D’où vient ce chiffre ? », from a figure of any page to the lines of the files it was read in."""
