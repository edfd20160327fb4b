//! Sound devices.

use engine::EngineHandle;
use ipc::{
    ChooseDevice, ErrorCode, IpcError, OpenSystemSettings, SaveDevices, TestDevice, TestHeard, VoiceProcessing, Volume,
};
use model::DeviceId;
use tauri::State;

use crate::system_settings;

#[tauri::command]
pub fn devices_refresh(engine: State<'_, EngineHandle>) {
    engine.refresh_devices();
}

#[tauri::command]
pub fn choose_device(engine: State<'_, EngineHandle>, request: ChooseDevice) {
    engine.choose_device(request.purpose.into(), request.id.map(DeviceId));
}

#[tauri::command]
pub fn save_devices(engine: State<'_, EngineHandle>, request: SaveDevices) {
    engine.save_devices(request.into());
}

#[tauri::command]
pub fn test_device(engine: State<'_, EngineHandle>, request: TestDevice) {
    engine.test_device(request.into());
}

#[tauri::command]
pub fn test_heard(engine: State<'_, EngineHandle>, request: TestHeard) {
    engine.test_heard(request.heard);
}

#[tauri::command]
pub fn end_test(engine: State<'_, EngineHandle>) {
    engine.end_test();
}

#[tauri::command]
pub fn volume(engine: State<'_, EngineHandle>, request: Volume) {
    engine.set_volume(request.percent.min(100));
}

#[tauri::command]
pub fn voice_processing(engine: State<'_, EngineHandle>, request: VoiceProcessing) {
    engine.set_voice(request.into());
}

#[tauri::command]
pub fn open_system_settings(request: OpenSystemSettings) -> Result<(), IpcError> {
    system_settings::open(request.page)
        .map_err(|fault| IpcError { detail: Some(fault.to_string()), ..IpcError::new(ErrorCode::NoSystemSettings) })
}
