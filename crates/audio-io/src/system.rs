//! Devices through `cpal`: WASAPI, Core Audio, and ALSA where no sound server runs.

use std::sync::Arc;

use base::SampleRate;
use cpal::traits::{DeviceTrait, HostTrait, StreamTrait};
use cpal::{BufferSize, Device, ErrorKind, FromSample, Sample, SampleFormat, SizedSample, StreamConfig};
use rtrb::{Consumer, Producer};

use crate::stream::{Captured, Opened, Played, Running, Sides, capture_ring, playout_ring};
use crate::{AudioDeviceInfo, Health, OpenError, StreamLost};

pub(crate) fn list() -> Result<Vec<AudioDeviceInfo>, OpenError> {
    let host = cpal::default_host();
    let backend = |error: cpal::Error| OpenError::Backend(error.to_string());
    let id_of = |device: &Device| device.id().ok();
    let default_input = host.default_input_device().as_ref().and_then(id_of);
    let default_output = host.default_output_device().as_ref().and_then(id_of);
    let mut found = Vec::new();
    for device in host.devices().map_err(backend)? {
        let (Some(id), Ok(description)) = (id_of(&device), device.description()) else { continue };
        if is_pseudo(&id.to_string()) {
            continue;
        }
        let mut add = |is_input: bool, is_default: bool| {
            found.push(AudioDeviceInfo {
                id: id.to_string(),
                name: description.name().to_owned(),
                is_input,
                is_default,
                is_muted: false,
            });
        };
        if device.supports_input() {
            add(true, default_input.as_ref() == Some(&id));
        }
        if device.supports_output() {
            add(false, default_output.as_ref() == Some(&id));
        }
    }
    Ok(found)
}

/// ALSA lists its converters and plug-ins as devices; only these three kinds are something one can plug in or choose.
fn is_pseudo(id: &str) -> bool {
    let Some(pcm) = id.strip_prefix("alsa:") else { return false };
    pcm != "default" && !["sysdefault:", "plughw:", "hw:"].iter().any(|prefix| pcm.starts_with(prefix))
}

pub(crate) fn open_input(id: Option<&str>) -> Result<Opened<Consumer<f32>>, OpenError> {
    let host = cpal::default_host();
    let device = match id {
        None => host.default_input_device(),
        Some(id) => find(&host, id, DeviceTrait::supports_input)?,
    }
    .ok_or_else(|| OpenError::Missing { id: id.unwrap_or("default").to_owned() })?;
    let offered = device.default_input_config().map_err(|error| open_error(&error, id))?;
    let (rate, channels) = (SampleRate(offered.sample_rate()), usize::from(offered.channels()));
    let config = fixed(&offered.config());
    let (captured, ring, health) = capture_ring(rate);
    let stream = match offered.sample_format() {
        SampleFormat::F32 => capture::<f32>(&device, config, channels, captured, &health),
        SampleFormat::I16 => capture::<i16>(&device, config, channels, captured, &health),
        SampleFormat::I32 => capture::<i32>(&device, config, channels, captured, &health),
        SampleFormat::U16 => capture::<u16>(&device, config, channels, captured, &health),
        SampleFormat::U8 => capture::<u8>(&device, config, channels, captured, &health),
        _ => return Err(OpenError::Format),
    };
    let stream = started(stream, id)?;
    Ok(Opened { rate, health, stream, ring, waits: false })
}

pub(crate) fn open_output(id: Option<&str>, sides: Sides) -> Result<Opened<Producer<f32>>, OpenError> {
    let host = cpal::default_host();
    let device = match id {
        None => host.default_output_device(),
        Some(id) => find(&host, id, DeviceTrait::supports_output)?,
    }
    .ok_or_else(|| OpenError::Missing { id: id.unwrap_or("default").to_owned() })?;
    let offered = device.default_output_config().map_err(|error| open_error(&error, id))?;
    let (rate, channels) = (SampleRate(offered.sample_rate()), usize::from(offered.channels()));
    let config = fixed(&offered.config());
    let (ring, played, health) = playout_ring(rate, sides);
    let stream = match offered.sample_format() {
        SampleFormat::F32 => playout::<f32>(&device, config, channels, played, &health),
        SampleFormat::I16 => playout::<i16>(&device, config, channels, played, &health),
        SampleFormat::I32 => playout::<i32>(&device, config, channels, played, &health),
        SampleFormat::U16 => playout::<u16>(&device, config, channels, played, &health),
        SampleFormat::U8 => playout::<u8>(&device, config, channels, played, &health),
        _ => return Err(OpenError::Format),
    };
    let stream = started(stream, id)?;
    Ok(Opened { rate, health, stream, ring, waits: false })
}

/// By id or by name.
fn find(host: &cpal::Host, wanted: &str, fits: impl Fn(&Device) -> bool) -> Result<Option<Device>, OpenError> {
    let is_wanted = |device: &Device| {
        device.id().is_ok_and(|id| id.to_string() == wanted)
            || device.description().is_ok_and(|description| description.name() == wanted)
    };
    let mut devices = host.devices().map_err(|error| open_error(&error, Some(wanted)))?;
    Ok(devices.find(|device| is_wanted(device) && fits(device)))
}

/// Periods of 10 ms: the default of some systems is two seconds.
fn fixed(offered: &StreamConfig) -> StreamConfig {
    StreamConfig { buffer_size: BufferSize::Fixed(offered.sample_rate / 100), ..*offered }
}

fn capture<T: SizedSample>(
    device: &Device,
    config: StreamConfig,
    channels: usize,
    mut captured: Captured,
    health: &Arc<Health>,
) -> Result<cpal::Stream, cpal::Error>
where
    f32: FromSample<T>,
{
    let share = 1.0 / channels as f32;
    let mono = move |frame: &[T]| frame.iter().map(|sample| f32::from_sample(*sample)).sum::<f32>() * share;
    device.build_input_stream::<T, _, _>(
        config,
        move |samples, _| captured.take(samples.chunks_exact(channels).map(mono)),
        on_error(health),
        None,
    )
}

fn playout<T: SizedSample + FromSample<f32>>(
    device: &Device,
    config: StreamConfig,
    channels: usize,
    mut played: Played,
    health: &Arc<Health>,
) -> Result<cpal::Stream, cpal::Error> {
    let sides = played.sides();
    device.build_output_stream::<T, _, _>(
        config,
        move |samples, _| {
            let count = samples.len() / channels;
            let mut frames = samples.chunks_exact_mut(channels);
            played.give(count, |left, right| match frames.next() {
                // Other loudspeakers of a room stay silent when left and right are told apart.
                Some([first, second, rest @ ..]) if sides == Sides::Two => {
                    (*first, *second) = (T::from_sample(left), T::from_sample(right));
                    rest.fill(T::EQUILIBRIUM);
                }
                Some(frame) => frame.fill(T::from_sample((left + right) / 2.0)),
                None => {}
            });
        },
        on_error(health),
        None,
    )
}

fn on_error(health: &Arc<Health>) -> impl FnMut(cpal::Error) + Send + 'static {
    let health = health.clone();
    move |error| match error.kind() {
        ErrorKind::Xrun => health.count_xrun(),
        // The stream goes on.
        ErrorKind::DeviceChanged | ErrorKind::RealtimeDenied => {}
        ErrorKind::DeviceNotAvailable => health.mark_lost(StreamLost::Gone),
        ErrorKind::HostUnavailable => health.mark_lost(StreamLost::ServerLeft),
        // StreamInvalidated, and whatever the library may add: opening again is the cure.
        _ => health.mark_lost(StreamLost::Invalid),
    }
}

fn started(stream: Result<cpal::Stream, cpal::Error>, id: Option<&str>) -> Result<Running, OpenError> {
    let stream = stream.map_err(|error| open_error(&error, id))?;
    stream.play().map_err(|error| open_error(&error, id))?;
    Ok(Box::new(stream))
}

fn open_error(error: &cpal::Error, id: Option<&str>) -> OpenError {
    match error.kind() {
        ErrorKind::DeviceNotAvailable => OpenError::Missing { id: id.unwrap_or("default").to_owned() },
        ErrorKind::DeviceBusy => OpenError::Busy,
        ErrorKind::PermissionDenied => OpenError::NoPermission,
        ErrorKind::UnsupportedConfig => OpenError::Format,
        _ => OpenError::Backend(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alsa_converters_are_no_devices() {
        for (id, pseudo) in [
            ("alsa:default", false),
            ("alsa:sysdefault:CARD=PCH", false),
            ("alsa:plughw:CARD=PCH,DEV=0", false),
            ("alsa:lavrate", true),
            ("alsa:jack", true),
            ("alsa:front:CARD=PCH,DEV=0", true),
            ("wasapi:{0.0.1.00000000}", false),
        ] {
            assert_eq!(is_pseudo(id), pseudo, "{id}");
        }
    }

    #[test]
    fn errors_keep_their_meaning() {
        let table = [
            (ErrorKind::DeviceBusy, OpenError::Busy),
            (ErrorKind::PermissionDenied, OpenError::NoPermission),
            (ErrorKind::UnsupportedConfig, OpenError::Format),
            (ErrorKind::DeviceNotAvailable, OpenError::Missing { id: "default".into() }),
        ];
        for (kind, expected) in table {
            assert_eq!(open_error(&cpal::Error::new(kind), None), expected);
        }
    }
}
