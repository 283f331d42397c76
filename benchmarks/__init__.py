"""The map measured in a browser, beside a plain Plotly Express choropleth of the same data."""
