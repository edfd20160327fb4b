// What is chosen on the screen of devices before it is saved.
import type { Devices, SaveDevices } from "../../backend/generated";

/** What is saved now. */
export function savedChoice({ microphone, speaker, ringers }: Devices): SaveDevices {
  return {
    microphone: microphone.wanted?.id ?? null,
    speaker: speaker.wanted?.id ?? null,
    ringWithSpeaker: ringers.withSpeaker,
    ringers: ringers.wanted.map(({ id }) => id),
    ringPercent: ringers.percent,
  };
}

export function isSame(one: SaveDevices, other: SaveDevices): boolean {
  return (
    one.microphone === other.microphone && one.speaker === other.speaker && one.ringWithSpeaker === other.ringWithSpeaker && one.ringPercent === other.ringPercent &&
    one.ringers.length === other.ringers.length && one.ringers.every((id) => other.ringers.includes(id))
  );
}

/** It rings somewhere: without any device of its own it rings on the speaker. */
export function withRinger(choice: SaveDevices, id: string, rings: boolean): SaveDevices {
  const ringers = rings ? [...choice.ringers, id] : choice.ringers.filter((other) => other !== id);
  return { ...choice, ringers, ringWithSpeaker: choice.ringWithSpeaker || ringers.length === 0 };
}

export function withSpeakerRinging(choice: SaveDevices, rings: boolean): SaveDevices {
  return { ...choice, ringWithSpeaker: rings || choice.ringers.length === 0 };
}
