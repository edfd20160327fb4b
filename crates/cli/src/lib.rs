//! The `rannan-cli` room.
