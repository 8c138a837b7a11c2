"""A local provider that speaks kie.ai's HTTP protocol; a program apart, never imported by product code."""
