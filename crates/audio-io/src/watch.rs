//! Tells when devices come, go, become the default or are muted.
//!
//! A sound server on Linux says so itself. Elsewhere nobody does (`cpal` has no such news), so that the list is looked at once a
//! second by a thread of its own; with ALSA alone the kernel's short list of cards is looked at first, because listing is dear.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use crate::AudioDeviceInfo;

/// How often somebody who does not tell is asked; also how soon a sound server is found that starts later.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// A watch over all devices; dropping it ends it, which may wait for a list that is on its way.
pub struct DeviceWatch {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Shared {
    over: AtomicBool,
    #[cfg(target_os = "linux")]
    cut: crate::pulse::Cut,
}

impl DeviceWatch {
    /// Begins to watch. `tell` gets the whole list (as [`crate::list`] gives it) at once and within a second of each change, on a
    /// thread of the watch; an empty list when the sound system does not answer. No device is opened.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(tell: impl FnMut(Vec<AudioDeviceInfo>) + Send + 'static) -> std::io::Result<DeviceWatch> {
        let shared = Arc::new(Shared::default());
        let thread = std::thread::Builder::new().name("sound-watch".into()).spawn({
            let shared = shared.clone();
            move || run(&shared, &mut Teller { told: None, tell })
        })?;
        Ok(DeviceWatch { shared, thread: Some(thread) })
    }
}

impl Drop for DeviceWatch {
    fn drop(&mut self) {
        self.shared.over.store(true, Ordering::Release);
        #[cfg(target_os = "linux")]
        self.shared.cut.now();
        if let Some(thread) = self.thread.take() {
            thread.thread().unpark();
            if thread.join().is_err() {
                tracing::error!("the watch over sound devices panicked");
            }
        }
    }
}

/// Tells only what is new.
struct Teller<T> {
    told: Option<Vec<AudioDeviceInfo>>,
    tell: T,
}

impl<T: FnMut(Vec<AudioDeviceInfo>)> Teller<T> {
    fn tell(&mut self, mut list: Vec<AudioDeviceInfo>) {
        list.sort_by_key(|device| !device.is_default);
        if self.told.as_ref() != Some(&list) {
            self.told = Some(list.clone());
            (self.tell)(list);
        }
    }
}

fn run<T: FnMut(Vec<AudioDeviceInfo>)>(shared: &Shared, teller: &mut Teller<T>) {
    let mut glance = Glance::default();
    while !shared.over.load(Ordering::Acquire) {
        #[cfg(target_os = "linux")]
        if crate::pulse::is_there() {
            if let Err(error) = crate::pulse::watch(&shared.cut, &mut |list| teller.tell(list)) {
                tracing::info!(%error, "the sound server left");
                glance = Glance::default();
            }
            if shared.over.load(Ordering::Acquire) {
                return;
            }
        }
        if !server_is_there() && glance.is_new() {
            teller.tell(crate::system::list().unwrap_or_else(|error| {
                tracing::info!(%error, "sound devices cannot be listed");
                Vec::new()
            }));
        } else if server_is_there() {
            // It is there and did not answer, or has just come.
            teller.tell(Vec::new());
        }
        std::thread::park_timeout(LOOK_EVERY);
    }
}

fn server_is_there() -> bool {
    #[cfg(target_os = "linux")]
    return crate::pulse::is_there();
    #[cfg(not(target_os = "linux"))]
    false
}

/// A cheap look that says whether listing is worth its price.
#[derive(Default)]
struct Glance {
    #[cfg(target_os = "linux")]
    cards: Option<String>,
}

impl Glance {
    #[cfg(target_os = "linux")]
    fn is_new(&mut self) -> bool {
        // A kernel without sound has no such file: then there is nothing to list either, but it is listed once.
        let cards = std::fs::read_to_string("/proc/asound/cards").unwrap_or_default();
        self.cards.replace(cards.clone()) != Some(cards)
    }

    #[cfg(not(target_os = "linux"))]
    fn is_new(&mut self) -> bool {
        true
    }
}
