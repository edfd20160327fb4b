//! The `xtask` room.
