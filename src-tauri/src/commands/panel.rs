//! The live panel, for supervisors.

use engine::{EngineHandle, PanelError, ShownPanel};
use ipc::{ErrorCode, IpcError, Panel, PanelAct, PanelCharts};
use tauri::State;

use super::convert::sign_in_error;

#[tauri::command]
pub async fn panel_get(engine: State<'_, EngineHandle>) -> Result<Panel, IpcError> {
    engine.panel().await.map(|shown| told(&shown)).map_err(failed)
}

#[tauri::command]
pub async fn panel_leave(engine: State<'_, EngineHandle>) -> Result<(), IpcError> {
    engine.leave_panel().await;
    Ok(())
}

#[tauri::command]
pub async fn panel_charts(engine: State<'_, EngineHandle>) -> Result<PanelCharts, IpcError> {
    engine.panel_charts().await.map(|charts| (&charts).into()).map_err(failed)
}

#[tauri::command]
pub async fn panel_act(engine: State<'_, EngineHandle>, request: PanelAct) -> Result<(), IpcError> {
    let on_caller = matches!(request, PanelAct::Pull { .. } | PanelAct::SendCaller { .. });
    engine.act_in_panel(request.into()).await.map_err(|fault| match fault {
        PanelError::Gone if on_caller => IpcError::new(ErrorCode::NoSuchCall),
        fault => failed(fault),
    })
}

/// The panel as the window has it.
#[must_use]
pub fn told(shown: &ShownPanel) -> Panel {
    Panel::from_model(&shown.panel, shown.complete, &shown.own)
}

fn failed(fault: PanelError) -> IpcError {
    IpcError::new(match fault {
        PanelError::Server(fault) => return sign_in_error(&fault),
        PanelError::NotSignedIn => ErrorCode::NotSignedIn,
        PanelError::NotYours => ErrorCode::NotYours,
        PanelError::Gone => ErrorCode::NoSuchUser,
        PanelError::NotNow => ErrorCode::NotNow,
        PanelError::Status => ErrorCode::StatusRefused,
        PanelError::StatusText => ErrorCode::StatusText,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_fault_has_the_code_that_the_window_tells_lp_04() {
        for (fault, expected) in [
            (PanelError::NotYours, ErrorCode::NotYours),
            (PanelError::Gone, ErrorCode::NoSuchUser),
            (PanelError::NotNow, ErrorCode::NotNow),
            (PanelError::Status, ErrorCode::StatusRefused),
            (PanelError::Server(engine::SignInError::Unreachable), ErrorCode::ServerUnreachable),
        ] {
            assert_eq!(failed(fault).code, expected);
        }
    }
}
