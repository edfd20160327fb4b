//! Sound devices.

use engine::EngineHandle;
use ipc::{ChooseDevice, DevicePurpose, Volume};
use model::DeviceId;
use tauri::State;

#[tauri::command]
pub fn devices_refresh(engine: State<'_, EngineHandle>) {
    engine.refresh_devices();
}

#[tauri::command]
pub fn choose_device(engine: State<'_, EngineHandle>, request: ChooseDevice) {
    let purpose = match request.purpose {
        DevicePurpose::Microphone => engine::DevicePurpose::Microphone,
        DevicePurpose::Speaker => engine::DevicePurpose::Speaker,
        DevicePurpose::Ringer => engine::DevicePurpose::Ringer,
    };
    engine.choose_device(purpose, request.id.map(DeviceId));
}

#[tauri::command]
pub fn volume(engine: State<'_, EngineHandle>, request: Volume) {
    engine.set_volume(request.percent.min(100));
}
