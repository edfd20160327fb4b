//! Sources and sinks.

use std::ffi::{CStr, CString};

use pulseaudio::protocol::{Command, ServerInfo, SinkInfo, SourceInfo};

use super::PREFIX;
use super::connection::{Connection, Fault};
use crate::{AudioDeviceInfo, OpenError};

pub(crate) fn list() -> Result<Vec<AudioDeviceInfo>, OpenError> {
    Connection::open()
        .and_then(|mut connection| list_over(&mut connection))
        .map_err(|fault| fault.into_open_error(None))
}

/// As [`list`], over a connection that is open.
pub(super) fn list_over(connection: &mut Connection) -> Result<Vec<AudioDeviceInfo>, Fault> {
    let server: ServerInfo = connection.ask(&Command::GetServerInfo)?;
    let sources: Vec<SourceInfo> = connection.ask(&Command::GetSourceInfoList)?;
    let sinks: Vec<SinkInfo> = connection.ask(&Command::GetSinkInfoList)?;
    let microphones = sources.iter().filter_map(|source| {
        let is_default = server.default_source_name.as_deref() == Some(&source.name);
        let shown = is_default || source.monitor_of_sink_index.is_none();
        let name = source.description.as_deref();
        shown.then(|| info(&source.name, name, (true, is_default, source.muted)))
    });
    let loudspeakers = sinks.iter().map(|sink| {
        let is_default = server.default_sink_name.as_deref() == Some(&sink.name);
        info(&sink.name, sink.description.as_deref(), (false, is_default, sink.muted))
    });
    Ok(microphones.chain(loudspeakers).collect())
}

/// The server's name of what was asked for by id, name or description. Monitors can be opened though they are not listed.
pub(super) fn source_name(connection: &mut Connection, id: Option<&str>) -> Result<Option<CString>, OpenError> {
    let Some(id) = id else { return Ok(None) };
    let sources: Vec<SourceInfo> =
        connection.ask(&Command::GetSourceInfoList).map_err(|fault| fault.into_open_error(Some(id)))?;
    find(id, sources.iter().map(|source| (&*source.name, source.description.as_deref())))
}

/// As [`source_name`].
pub(super) fn sink_name(connection: &mut Connection, id: Option<&str>) -> Result<Option<CString>, OpenError> {
    let Some(id) = id else { return Ok(None) };
    let sinks: Vec<SinkInfo> =
        connection.ask(&Command::GetSinkInfoList).map_err(|fault| fault.into_open_error(Some(id)))?;
    find(id, sinks.iter().map(|sink| (&*sink.name, sink.description.as_deref())))
}

fn find<'a>(
    id: &str,
    devices: impl Iterator<Item = (&'a CStr, Option<&'a CStr>)> + Clone,
) -> Result<Option<CString>, OpenError> {
    let wanted = id.strip_prefix(PREFIX).unwrap_or(id);
    let by_name = devices.clone().find(|(name, _)| name.to_bytes() == wanted.as_bytes());
    let mut described =
        devices.filter(|(_, description)| description.is_some_and(|d| d.to_bytes() == wanted.as_bytes()));
    let found = by_name.or_else(|| described.next()).map(|(name, _)| name.to_owned());
    found.map(Some).ok_or_else(|| OpenError::Missing { id: id.to_owned() })
}

fn info(
    name: &CStr,
    description: Option<&CStr>,
    (is_input, is_default, is_muted): (bool, bool, bool),
) -> AudioDeviceInfo {
    let shown = description.unwrap_or(name).to_string_lossy().into_owned();
    AudioDeviceInfo { id: format!("{PREFIX}{}", name.to_string_lossy()), name: shown, is_input, is_default, is_muted }
}
