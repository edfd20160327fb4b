//! What can be asked of voice boxes.

use utoipa::openapi::HttpMethod::{Delete, Get, Put};

use super::operation::Operation;
use crate::{PutVoiceMessage, VoiceMessage, Voicemail, code, path};

pub(super) fn all() -> Vec<Operation> {
    let id = "Id of the message.";
    vec![
        Operation::new(Get, path::MY_VOICEMAIL, "my_voicemail", "The messages in one's own voice box")
            .says("The newest first. Nobody else hears of them.")
            .signed_in()
            .answers::<Voicemail>(200, "The box."),
        Operation::new(Get, path::MY_VOICE_MESSAGE_AUDIO, "voice_message_audio", "The sound of a message")
            .says("An Ogg Opus file.")
            .signed_in()
            .in_path("id", id)
            .answers_other(200, "audio/ogg", "The sound.")
            .refuses(404, code::NOT_FOUND),
        Operation::new(Put, path::MY_VOICE_MESSAGE, "put_voice_message", "Say whether a message was heard")
            .signed_in()
            .in_path("id", id)
            .takes::<PutVoiceMessage>()
            .answers::<VoiceMessage>(200, "As it is now.")
            .refuses(404, code::NOT_FOUND),
        Operation::new(Delete, path::MY_VOICE_MESSAGE, "delete_voice_message", "Delete a message")
            .signed_in()
            .in_path("id", id)
            .answers_nothing(204, "It is gone.")
            .refuses(404, code::NOT_FOUND),
    ]
}
