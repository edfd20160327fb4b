//! Sound before everything else.

/// What one turn of the thread may take at most: 10 ms. The system measures the thread by it.
const TURN_SAMPLES: u32 = base::FRAME_SAMPLES as u32;

/// Asks the system to run the calling thread before others, since sound that comes late is lost. Returns at once; on Linux the answer
/// (from RealtimeKit) comes later. A system that refuses is logged and changes nothing: then the thread competes with the others.
pub fn raise_priority() {
    #[cfg(target_os = "linux")]
    {
        let thread = match audio_thread_priority::get_current_thread_info() {
            Ok(thread) => thread,
            Err(error) => return refused(&error),
        };
        let asking = std::thread::Builder::new().name("sound-priority".into()).spawn(move || {
            if let Err(error) =
                audio_thread_priority::promote_thread_to_real_time(thread, TURN_SAMPLES, base::SAMPLE_RATE)
            {
                refused(&error);
            }
        });
        if let Err(error) = asking {
            tracing::warn!(%error, "no thread to ask for priority");
        }
    }
    #[cfg(not(target_os = "linux"))]
    match audio_thread_priority::promote_current_thread_to_real_time(TURN_SAMPLES, base::SAMPLE_RATE) {
        // It ends with the thread.
        Ok(handle) => std::mem::forget(handle),
        Err(error) => refused(&error),
    }
}

fn refused(error: &audio_thread_priority::AudioThreadPriorityError) {
    tracing::info!(%error, "the system gives a sound thread no priority");
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_system_that_refuses_does_not_stop_the_thread() {
        std::thread::spawn(super::raise_priority).join().expect("it only asks");
    }
}
