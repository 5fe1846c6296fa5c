"""Numbers to points, ticks and labels. Templates in `templates/charts/` draw them as SVG."""
