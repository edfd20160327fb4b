//! How long from "answer applied" to the first packet of speech, each way, between two sessions on 127.0.0.1.
//!
//! `cargo run -p media --example connect_time -- [rounds] [one-way delay in ms]`
//!
//! With a delay, every candidate in both descriptions is replaced by a relay on this computer that holds each datagram that
//! long, and the answer itself arrives that much later, as it would over a real link.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use bytes::Bytes;
use media::{CodecKind, Direction, MediaConfig, MediaEvent, MediaSession, OutPacket};
use tokio::net::UdpSocket;
use tokio::sync::mpsc;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

#[tokio::main]
async fn main() -> Result<()> {
    let mut args = std::env::args().skip(1);
    let rounds: usize = args.next().map_or(Ok(10), |text| text.parse())?;
    let delay = Duration::from_millis(args.next().map_or(Ok(0), |text| text.parse())?);
    let mut all = Vec::new();
    for round in 1..=rounds {
        let times = connect(delay).await?;
        println!(
            "{round:3}: offer {:5.1} ms, answer {:5.1} ms, then connected {:6.1} / {:6.1} ms, hears {:6.1} / {:6.1} ms (caller / callee)",
            times.offer, times.answer, times.caller.0, times.callee.0, times.caller.1, times.callee.1
        );
        all.push(times);
    }
    println!(
        "median: caller hears {:.1} ms, callee hears {:.1} ms",
        median(&all, |t| t.caller.1),
        median(&all, |t| t.callee.1)
    );
    Ok(())
}

struct Times {
    offer: f64,
    answer: f64,
    /// From the callee's answer being made to being connected and to the first packet.
    caller: (f64, f64),
    callee: (f64, f64),
}

async fn connect(delay: Duration) -> Result<Times> {
    let config = || MediaConfig::opus(vec![[127, 0, 0, 1].into()]);
    let (caller, caller_events) = MediaSession::new(config()).await?;
    let (callee, callee_events) = MediaSession::new(config()).await?;
    let began = Instant::now();
    let offer = delayed(caller.make_offer().await?, delay).await?;
    let offered = Instant::now();
    let (answer, _) = callee.answer_offer(&offer, Direction::SendRecv).await?;
    let answered = Instant::now();
    let answer = delayed(answer, delay).await?;
    tokio::time::sleep(delay).await;
    caller.apply_answer(&answer).await?;
    let speech = tokio::spawn(speak(vec![caller.clone(), callee.clone()]));
    let (at_caller, at_callee) = tokio::try_join!(first(caller_events), first(callee_events))?;
    speech.abort();
    caller.close().await;
    callee.close().await;
    let ms = |duration: Duration| duration.as_secs_f64() * 1000.0;
    Ok(Times {
        offer: ms(offered - began),
        answer: ms(answered - offered),
        caller: (ms(at_caller.0 - answered), ms(at_caller.1 - answered)),
        callee: (ms(at_callee.0 - answered), ms(at_callee.1 - answered)),
    })
}

/// A packet each 20 ms, as the sound side would.
async fn speak(sessions: Vec<MediaSession>) {
    let mut tick = tokio::time::interval(Duration::from_millis(20));
    loop {
        tick.tick().await;
        for session in &sessions {
            session.write(OutPacket {
                codec: CodecKind::Opus,
                payload: Bytes::from_static(&[0; 80]),
                ticks: 960,
                marker: false,
                red: false,
            });
        }
    }
}

/// When it was connected, and when it heard the first packet.
async fn first(mut events: mpsc::Receiver<MediaEvent>) -> Result<(Instant, Instant)> {
    let mut connected = None;
    while let Some(event) = tokio::time::timeout(Duration::from_secs(20), events.recv()).await? {
        match event {
            MediaEvent::Connected => connected = Some(Instant::now()),
            MediaEvent::Packet(packet) => return Ok((connected.unwrap_or(packet.arrived), packet.arrived)),
            MediaEvent::Failed(why) => return Err(why.into()),
            _ => {}
        }
    }
    Err("the session ended".into())
}

/// Puts a relay in front of each candidate.
async fn delayed(sdp: String, delay: Duration) -> Result<String> {
    if delay.is_zero() {
        return Ok(sdp);
    }
    let mut out = String::new();
    for line in sdp.lines() {
        let mut words: Vec<String> = line.split(' ').map(str::to_owned).collect();
        if line.starts_with("a=candidate:") {
            let target: SocketAddr = format!("{}:{}", words[4], words[5]).parse()?;
            words[5] = relay(target, delay).await?.port().to_string();
        }
        out.push_str(&words.join(" "));
        out.push_str("\r\n");
    }
    Ok(out)
}

/// Carries datagrams to `target`, one way only: each side reaches the other through its own relay, from its own address.
async fn relay(target: SocketAddr, delay: Duration) -> Result<SocketAddr> {
    let front = UdpSocket::bind("127.0.0.1:0").await?;
    let address = front.local_addr()?;
    let (sender, mut receiver) = mpsc::channel::<(Instant, Vec<u8>)>(4096);
    // Answers must come from where the request went: the way back leads through the same socket.
    let front = std::sync::Arc::new(front);
    let back = std::sync::Arc::new(UdpSocket::bind("127.0.0.1:0").await?);
    let (reader, writer) = (front.clone(), back.clone());
    let peer = std::sync::Arc::new(std::sync::Mutex::new(None::<SocketAddr>));
    let seen = peer.clone();
    tokio::spawn(async move {
        let mut buffer = vec![0; 2000];
        while let Ok((size, from)) = reader.recv_from(&mut buffer).await {
            *seen.lock().expect("no panic while held") = Some(from);
            if sender.send((Instant::now() + delay, buffer[..size].to_vec())).await.is_err() {
                return;
            }
        }
    });
    tokio::spawn(async move {
        while let Some((due, bytes)) = receiver.recv().await {
            tokio::time::sleep_until(due.into()).await;
            if writer.send_to(&bytes, target).await.is_err() {
                return;
            }
        }
    });
    let (sender, mut receiver) = mpsc::channel::<(Instant, Vec<u8>)>(4096);
    tokio::spawn(async move {
        let mut buffer = vec![0; 2000];
        while let Ok((size, _)) = back.recv_from(&mut buffer).await {
            if sender.send((Instant::now() + delay, buffer[..size].to_vec())).await.is_err() {
                return;
            }
        }
    });
    tokio::spawn(async move {
        while let Some((due, bytes)) = receiver.recv().await {
            tokio::time::sleep_until(due.into()).await;
            let to = *peer.lock().expect("no panic while held");
            if let Some(to) = to
                && front.send_to(&bytes, to).await.is_err()
            {
                return;
            }
        }
    });
    Ok(address)
}

fn median(all: &[Times], of: impl Fn(&Times) -> f64) -> f64 {
    let mut values: Vec<f64> = all.iter().map(of).collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}
