//! The server's front door: registrar, location, digest check and forking proxy.
