//! The `webrtc` crate, set up for one audio stream and kept behind a few verbs.

use std::sync::Arc;
use std::time::Duration;

use base::{Chance, Ssrc};
use rtc::ice::mdns::MulticastDnsMode;
use rtc::media_stream::MediaStreamTrack;
use rtc::peer_connection::configuration::RTCOfferOptions;
use rtc::peer_connection::configuration::media_engine::{MIME_TYPE_OPUS, MIME_TYPE_TELEPHONE_EVENT};
use rtc::rtp_transceiver::rtp_sender::{
    RTCRtpCodec, RTCRtpCodecParameters, RTCRtpCodingParameters, RTCRtpEncodingParameters, RtpCodecKind,
};
use tokio::sync::{Notify, watch};
use webrtc::media_stream::track_local::TrackLocal;
use webrtc::media_stream::track_local::static_rtp::TrackLocalStaticRTP;
use webrtc::peer_connection::{
    MediaEngine, PeerConnection, PeerConnectionBuilder, PeerConnectionEventHandler, RTCConfigurationBuilder,
    RTCIceCandidateInit, RTCIceConnectionState, RTCIceGatheringState, RTCIceServer, RTCPeerConnectionState,
    RTCSessionDescription, Registry, SettingEngine, SettingEngineBuilder, crypto,
};
use webrtc::runtime::default_runtime;

use crate::addresses::BindAddresses;
use crate::doorstep::{Doorstep, DoorstepRuntime};
use crate::sdp::{Candidate, Kind, Peer};
use crate::tap::{SPEECH, SpeechTap, WIRE, WireTap};
use crate::traffic::Traffic;
use crate::{MediaConfig, MediaError};

/// The payload types that the engine is told, whatever is spoken: it refuses all others, and the taps know the real ones.
pub(crate) const OPUS: u8 = 111;
pub(crate) const DTMF: u8 = 110;

/// Candidates that came by then go out; the rest is not waited for (SPEC 2 item 7).
const GATHERING: Duration = Duration::from_millis(500);
/// How often ICE looks whether it can go on. The engine's 200 ms alone would make "answer to first sound" longer than our
/// whole budget; RFC 8445 §14.2 allows 5 ms.
const CHECK_INTERVAL: Duration = Duration::from_millis(10);
/// Checks per pair before it is given up: 10 s, as long as an answer may take to reach the far end.
const CHECKS: u16 = 1000;

/// A running peer connection with our one track.
pub(crate) struct Engine {
    pc: Arc<dyn PeerConnection>,
    pub track: Arc<TrackLocalStaticRTP>,
    gathered: watch::Receiver<u64>,
    door: Arc<Doorstep>,
}

impl Engine {
    pub async fn start(
        config: &MediaConfig,
        traffic: &Arc<Traffic>,
        wake: &Arc<Notify>,
        chance: Chance,
    ) -> Result<Self, MediaError> {
        let (gathered_tx, gathered) = watch::channel(0);
        let crypto = crypto::default_provider().map_err(|error| MediaError::Engine(error.to_string()))?;
        let door = Doorstep::new(crypto);
        let handler =
            Handler { traffic: traffic.clone(), wake: wake.clone(), gathered: gathered_tx, door: door.clone() };
        let tokio = default_runtime().ok_or_else(|| MediaError::Engine("no runtime".to_owned()))?;
        let servers =
            config.ice_servers.iter().map(|url| RTCIceServer { urls: vec![url.clone()], ..Default::default() });
        let pc = PeerConnectionBuilder::new()
            .with_configuration(RTCConfigurationBuilder::default().with_ice_servers(servers.collect()).build())
            .with_setting_engine(settings())
            .with_media_engine(codecs()?)
            .with_interceptor_registry(chain(traffic, chance))
            .with_handler(Arc::new(handler))
            .with_runtime(Arc::new(DoorstepRuntime::new(tokio, door.clone())))
            .with_udp_addrs(vec![BindAddresses::new(config.local_ips.clone())])
            .build()
            .await
            .map_err(|error| MediaError::Io(error.to_string()))?;
        let pc: Arc<dyn PeerConnection> = Arc::new(pc);
        let track = Arc::new(TrackLocalStaticRTP::new(track(traffic.ssrc)));
        pc.add_track(track.clone() as Arc<dyn TrackLocal>).await.map_err(engine)?;
        Ok(Engine { pc, track, gathered, door })
    }

    /// Our offer after gathering, in the engine's words.
    pub async fn offer(&self, ice_restart: bool) -> Result<String, MediaError> {
        let options = ice_restart.then_some(RTCOfferOptions { ice_restart });
        let offer = self.pc.create_offer(options).await.map_err(engine)?;
        self.describe(offer).await
    }

    /// The far end's answer to our offer.
    pub async fn accept_answer(&self, answer: &Peer) -> Result<(), MediaError> {
        self.door.expect(&answer.transport.pwd);
        let sdp = answer.engine_text(Kind::Answer);
        let answer = RTCSessionDescription::answer(sdp).map_err(engine)?;
        self.pc.set_remote_description(answer).await.map_err(engine)
    }

    /// Our answer to an offer, after gathering.
    ///
    /// After an error the engine may be stuck with the offer (trap T4): it is rolled back; a first offer that still fails
    /// ends the session.
    pub async fn answer(&self, offer: &Peer) -> Result<String, MediaError> {
        self.door.expect(&offer.transport.pwd);
        let offer = RTCSessionDescription::offer(offer.engine_text(Kind::Offer)).map_err(engine)?;
        let answered = async {
            self.pc.set_remote_description(offer).await.map_err(engine)?;
            let answer = self.pc.create_answer(None).await.map_err(engine)?;
            self.describe(answer).await
        };
        match answered.await {
            Ok(answer) => Ok(answer),
            Err(error) => {
                let rollback = RTCSessionDescription::rollback(None).map_err(engine)?;
                if let Err(error) = self.pc.set_remote_description(rollback).await {
                    tracing::debug!(%error, "an offer that the engine refused could not be taken back");
                }
                Err(error)
            }
        }
    }

    /// Takes our own offer back.
    pub async fn rollback(&self) -> Result<(), MediaError> {
        let rollback = RTCSessionDescription::rollback(None).map_err(engine)?;
        self.pc.set_local_description(rollback).await.map_err(engine)
    }

    /// Further addresses of the far end.
    pub async fn add_candidates(&self, candidates: &[Candidate]) -> Result<(), MediaError> {
        for candidate in candidates {
            let init = RTCIceCandidateInit {
                candidate: format!("candidate:{}", candidate.text()),
                sdp_mid: Some("0".to_owned()),
                sdp_mline_index: Some(0),
                ..Default::default()
            };
            self.pc.add_ice_candidate(init).await.map_err(engine)?;
        }
        Ok(())
    }

    pub async fn close(&self) {
        if let Err(error) = self.pc.close().await {
            tracing::debug!(%error, "closing the media engine");
        }
    }

    /// Applies a description of ours and waits for its addresses.
    async fn describe(&self, description: RTCSessionDescription) -> Result<String, MediaError> {
        let mut gathered = self.gathered.clone();
        gathered.mark_unchanged();
        self.pc.set_local_description(description).await.map_err(engine)?;
        if let Ok(Err(_)) = tokio::time::timeout(GATHERING, gathered.changed()).await {
            return Err(MediaError::Engine("the engine stopped while gathering".to_owned()));
        }
        let description = self.pc.local_description().await;
        description.map(|description| description.sdp).ok_or(MediaError::WrongState)
    }

    /// The password in our description. Checks that carry it come from who was told, also before the answer.
    pub fn announce(&self, own_pwd: &str) {
        self.door.announce(own_pwd);
    }
}

fn engine(error: webrtc::error::Error) -> MediaError {
    MediaError::Engine(error.to_string())
}

fn settings() -> SettingEngine {
    SettingEngineBuilder::new()
        .with_ice_connection_attempts(Some(CHECK_INTERVAL), Some(CHECKS))
        // What a browser behind an mDNS name or a NAT reaches us from is as good as any other pair; only a relay is worth
        // a short wait for something better. The engine's defaults are 0, 500, 1000 and 2000 ms.
        .with_host_acceptance_min_wait(Some(Duration::ZERO))
        .with_srflx_acceptance_min_wait(Some(Duration::ZERO))
        .with_prflx_acceptance_min_wait(Some(Duration::ZERO))
        .with_relay_acceptance_min_wait(Some(Duration::from_millis(300)))
        // Names ending in .local are skipped: their owners reach us, which makes them peer-reflexive, without a multicast
        // socket on every interface.
        .with_multicast_dns_mode(MulticastDnsMode::Disabled)
        .with_include_loopback_candidate(true)
        // A restart follows a network change: bind again, forget old addresses.
        .with_discard_local_candidates_during_ice_restart(true)
        .build()
}

fn codecs() -> Result<MediaEngine, MediaError> {
    let mut codecs = MediaEngine::default();
    let opus = codec(MIME_TYPE_OPUS, OPUS, 2, "minptime=10;useinbandfec=1");
    for codec in [opus, codec(MIME_TYPE_TELEPHONE_EVENT, DTMF, 0, "")] {
        codecs.register_codec(codec, RtpCodecKind::Audio).map_err(engine)?;
    }
    Ok(codecs)
}

fn codec(mime_type: &str, payload_type: u8, channels: u16, fmtp: &str) -> RTCRtpCodecParameters {
    let rtp_codec = RTCRtpCodec {
        mime_type: mime_type.to_owned(),
        clock_rate: 48_000,
        channels,
        sdp_fmtp_line: fmtp.to_owned(),
        rtcp_feedback: Vec::new(),
    };
    RTCRtpCodecParameters { rtp_codec, payload_type }
}

fn track(ssrc: Ssrc) -> MediaStreamTrack {
    let coding = RTCRtpEncodingParameters {
        rtp_coding_parameters: RTCRtpCodingParameters { ssrc: Some(ssrc.0), ..Default::default() },
        codec: codec(MIME_TYPE_OPUS, OPUS, 2, "minptime=10;useinbandfec=1").rtp_codec,
        ..Default::default()
    };
    let name = || "speech".to_owned();
    MediaStreamTrack::new(name(), name(), name(), RtpCodecKind::Audio, vec![coding])
}

/// Our taps; no retransmission, no transport-wide feedback: speech is repaired by Opus itself.
fn chain(traffic: &Arc<Traffic>, chance: Chance) -> Registry {
    Registry::new().with(WIRE, WireTap::new(traffic.clone(), chance)).with(SPEECH, SpeechTap::new(traffic.clone()))
}

/// Runs on the engine's own task: it may only pass on.
struct Handler {
    traffic: Arc<Traffic>,
    wake: Arc<Notify>,
    gathered: watch::Sender<u64>,
    door: Arc<Doorstep>,
}

#[async_trait::async_trait]
impl PeerConnectionEventHandler for Handler {
    async fn on_ice_gathering_state_change(&self, state: RTCIceGatheringState) {
        if state == RTCIceGatheringState::Complete {
            self.gathered.send_modify(|times| *times += 1);
        }
    }

    async fn on_ice_connection_state_change(&self, state: RTCIceConnectionState) {
        if matches!(state, RTCIceConnectionState::Connected | RTCIceConnectionState::Completed) {
            self.door.open();
        }
    }

    async fn on_connection_state_change(&self, state: RTCPeerConnectionState) {
        match state {
            RTCPeerConnectionState::Connected => {
                self.traffic.connect();
                self.wake.notify_one();
            }
            RTCPeerConnectionState::Disconnected => self.traffic.doubt(),
            RTCPeerConnectionState::Failed => self.traffic.fail(),
            // Closing is told by the session, which did it; the others are steps on the way.
            _ => {}
        }
    }
}
