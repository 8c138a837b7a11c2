"""What runs in the decoding child: no Django, no network, no secrets; only files in and files out."""
