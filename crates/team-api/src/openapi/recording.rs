//! What can be asked of recordings.

use utoipa::openapi::HttpMethod::{Delete, Get, Post, Put};

use super::operation::Operation;
use crate::{OpenRecording, Recording, RecordingDone, RecordingPart, RecordingPolicy, Recordings, code, path};

pub(super) fn all() -> Vec<Operation> {
    let id = "Id of the recording, a UUID; new ones are named by the phone.";
    vec![
        Operation::new(Get, path::MY_RECORDING, "my_recording", "What holds for recordings")
            .signed_in()
            .answers::<RecordingPolicy>(200, "As it is."),
        Operation::new(Get, path::RECORDING_POLICY, "recording_policy", "What holds for recordings")
            .says("For those who administer everybody.")
            .administrator()
            .answers::<RecordingPolicy>(200, "As it is."),
        Operation::new(Put, path::RECORDING_POLICY, "put_recording_policy", "Say what holds for recordings")
            .says("For those who administer everybody. Phones follow at once, also in calls that run. What is older than the new limit is deleted within an hour.")
            .administrator()
            .takes::<RecordingPolicy>()
            .answers::<RecordingPolicy>(200, "As it is now."),
        Operation::new(Put, path::MY_RECORDING_OF, "open_recording", "Begin to hand over a recording, or go on")
            .says("Again with the same id it answers how much is there.")
            .signed_in()
            .in_path("id", id)
            .takes::<OpenRecording>()
            .answers::<RecordingPart>(200, "How much is there.")
            .refuses(409, code::TOO_MANY_RECORDINGS),
        Operation::new(Put, path::MY_RECORDING_BYTES, "send_recording", "Hand over a part")
            .signed_in()
            .takes_other(&["application/octet-stream"], "At most 1 MiB.")
            .in_path("id", id)
            .query::<u64>("offset", true, "Where the part begins: how much is there.")
            .answers::<RecordingPart>(200, "How much is there now.")
            .refuses(409, code::RECORDING_OFFSET)
            .refuses(413, code::TOO_LARGE),
        Operation::new(Post, path::MY_RECORDING_DONE, "finish_recording", "All of it was handed over")
            .says("The file is an Ogg Opus file with one or two channels, left the other side, right the person. A file that is not as it was announced is thrown away, and can be handed over again.")
            .signed_in()
            .in_path("id", id)
            .takes::<RecordingDone>()
            .answers::<Recording>(200, "The recording.")
            .refuses(422, code::RECORDING_BROKEN),
        Operation::new(Get, path::RECORDINGS, "recordings", "Recordings that may be heard")
            .says("One's own, and those of whom one monitors or administers. Newest first.")
            .signed_in()
            .query::<String>("user", false, "Of this person, by id.")
            .query::<String>("before", false, "`next` of the page before.")
            .query::<u32>("limit", false, "At most so many, 1 to 200; 50 unless told.")
            .answers::<Recordings>(200, "A page.")
            .refuses(400, code::BAD_REQUEST),
        Operation::new(Get, path::RECORDING_AUDIO, "recording_audio", "The sound")
            .says("An Ogg Opus file. Whoever asks for the recording of somebody else is written down.")
            .signed_in()
            .in_path("id", id)
            .answers_other(200, "audio/ogg", "The sound.")
            .refuses(404, code::NOT_FOUND),
        Operation::new(Delete, path::RECORDING, "delete_recording", "Delete a recording")
            .says("For those who administer the person.")
            .signed_in()
            .in_path("id", id)
            .answers_nothing(204, "It is gone.")
            .refuses(403, code::FORBIDDEN),
    ]
}
