//! What the system's webview must know before it starts.

/// WebKitGTK shares pictures between its processes through the graphics card. Where there is none — virtual desktops, remote sessions —
/// it sets up the same path in software and needs three seconds more to its first paint (docs/benchmarks.md). Then we ask for plain
/// shared memory. Whoever has set the variable knows better.
#[cfg(target_os = "linux")]
pub(crate) fn prepare() {
    const SHARED_BY_CARD: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";
    if std::env::var_os(SHARED_BY_CARD).is_none() && !has_graphics_card() {
        // SAFETY: called first of all in `main`; no other thread reads the environment yet.
        unsafe { std::env::set_var(SHARED_BY_CARD, "1") };
    }
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn prepare() {}

/// A render node of the kernel's graphics drivers.
#[cfg(target_os = "linux")]
fn has_graphics_card() -> bool {
    std::fs::read_dir("/dev/dri")
        .is_ok_and(|nodes| nodes.flatten().any(|node| node.file_name().to_string_lossy().starts_with("renderD")))
}
