//! Against servers that others have written, and against some that mean ill.

#[path = "servers/carddav.rs"]
mod carddav;
#[path = "servers/hostile.rs"]
mod hostile;
#[path = "servers/ldap.rs"]
mod ldap;
#[path = "servers/rig.rs"]
mod rig;
