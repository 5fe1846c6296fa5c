"""What a visitor does with the catalogue; also the Django project package."""
