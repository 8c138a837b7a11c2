"""The whole product on one machine, as `script/server` starts it. Uses no Django of its own."""
