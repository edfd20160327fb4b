//! Who may lean on whom. The same table stands in docs/ARCHITECTURE.md; a new edge needs a decision record.

/// Allowed edges between rooms, to be built and to run.
pub const EDGES: &[(&str, &[&str])] = &[
    ("base", &[]),
    ("model", &["base"]),
    ("sip", &["base"]),
    ("acd", &["model", "base"]),
    ("audio", &["base"]),
    ("avatar", &["base"]),
    ("book", &["model", "base"]),
    ("sip-io", &["sip", "base"]),
    ("media", &["base"]),
    ("phone", &["sip", "model", "base"]),
    ("ipc", &["phone", "model", "base"]),
    ("team-api", &["model", "base"]),
    ("audio-io", &["audio", "base"]),
    ("store", &["book", "model", "base"]),
    ("team-client", &["team-api", "model", "base"]),
    ("actors", &["sip", "sip-io", "media", "audio", "team-client", "model", "base"]),
    ("sources", &["sip-io", "book", "model", "base"]),
    (
        "engine",
        &[
            "phone",
            "sip",
            "sip-io",
            "media",
            "audio",
            "audio-io",
            "store",
            "team-client",
            "sources",
            "avatar",
            "book",
            "model",
            "base",
        ],
    ),
    ("rannan-cli", &["engine", "phone", "model", "base"]),
    ("rannan", &["engine", "ipc", "phone", "team-server", "model", "base"]),
    (
        "team-server",
        &["team-api", "actors", "sip", "acd", "sip-io", "media", "audio", "avatar", "book", "model", "base"],
    ),
    ("xtask", &["ipc", "team-api"]),
];

/// Rooms that never ship: they may lean on anything but the shell.
pub const WORKSHOP: &[&str] = &["testkit", "tests"];

/// Cores: nothing in their trees may do I/O.
pub const PURE: &[&str] = &["base", "model", "sip", "acd", "phone", "avatar", "book"];

/// Crates whose presence in a tree means that it can do I/O or wait.
pub const DOES_IO: &[&str] = &[
    "tokio",
    "mio",
    "socket2",
    "async-io",
    "smol",
    "async-std",
    "polling",
    "hyper",
    "rustls",
    "tungstenite",
    "sqlx",
    "reqwest",
    "cpal",
    "tauri",
];
