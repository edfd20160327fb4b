//! Proof that the bodies of callbacks do not allocate: the audio system may call them at any priority.
//!
//! Locks and logs cannot hide here either: a contended lock parks through a thread handle and a log line formats a string, both
//! of which this test has seen to allocate; the rest is atomics.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use base::SampleRate;

use crate::stream::{Sides, capture_ring, playout_ring};

struct Counting;

thread_local! {
    static ALLOCATIONS: Cell<u64> = const { Cell::new(0) };
}

// SAFETY: hands everything on to the system allocator; counting touches a thread-local integer only.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count();
        // SAFETY: the caller's promise is passed on.
        unsafe { System.alloc(layout) }
    }
    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        count();
        // SAFETY: the caller's promise is passed on.
        unsafe { System.dealloc(pointer, layout) }
    }
}

fn count() {
    // A thread that ends has no counter any more, and nobody who asks.
    let _ = ALLOCATIONS.try_with(|count| count.set(count.get() + 1));
}

#[global_allocator]
static COUNTING: Counting = Counting;

/// How often `body` allocated or freed.
pub(crate) fn allocations(body: impl FnOnce()) -> u64 {
    let before = ALLOCATIONS.with(Cell::get);
    body();
    ALLOCATIONS.with(Cell::get) - before
}

#[test]
fn the_counter_counts() {
    assert_eq!(allocations(|| drop(std::hint::black_box(Box::new(1)))), 2);
}

#[test]
fn callbacks_neither_allocate_nor_free_whatever_the_ring_holds() {
    let (mut captured, mut heard, _) = capture_ring(SampleRate(48_000));
    let (mut to_play, mut played, _) = playout_ring(SampleRate(48_000), Sides::Two);
    let samples = [0.25f32; 480];
    let mut out = [(0.0, 0.0); 480];
    let found = allocations(|| {
        for step in 0..200 {
            // Full for a while, then emptied: both kinds of trouble are passed through.
            captured.take(samples.iter().copied());
            if step % 3 == 0 {
                while heard.pop().is_ok() {}
            }
            if step % 2 == 0 {
                let _ = to_play.push_partial_slice(&samples);
            }
            let mut at = 0;
            played.give(480, |left, right| {
                out[at] = (left, right);
                at += 1;
            });
        }
    });
    assert_eq!(found, 0);
    assert!(out.iter().all(|(left, right)| left == right));
}
