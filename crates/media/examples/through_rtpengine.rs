//! x
use bytes::Bytes;
use media::{Direction, MediaConfig, MediaEvent, MediaSession, OutPacket};
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use tokio::net::UdpSocket;
use tokio::sync::mpsc;
type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;
fn s(x: &str) -> String {
    format!("{}:{}", x.len(), x)
}
async fn ng(sock: &UdpSocket, cmd: &str, call: &str, sdp: &str) -> Result<String> {
    let mut d = String::from("d");
    for (k, v) in [("ICE", s("force")), ("call-id", s(call)), ("command", s(cmd)), ("from-tag", s("a"))] {
        d += &s(k);
        d += &v;
    }
    d += &s("replace");
    d += &format!("l{}{}e", s("origin"), s("session-connection"));
    d += &s("sdp");
    d += &s(sdp);
    if cmd == "answer" {
        d += &s("to-tag");
        d += &s("b");
    }
    d += &s("transport-protocol");
    d += &s("UDP/TLS/RTP/SAVPF");
    d += "e";
    sock.send(format!("{}{} {d}", call, cmd).as_bytes()).await?;
    let mut buf = vec![0; 65536];
    let n = tokio::time::timeout(Duration::from_secs(3), sock.recv(&mut buf)).await??;
    let t = String::from_utf8_lossy(&buf[..n]).to_string();
    let at = t.find("3:sdp").ok_or(format!("no sdp: {t}"))? + 5;
    let colon = t[at..].find(':').unwrap() + at;
    let len: usize = t[at..colon].parse()?;
    Ok(t[colon + 1..colon + 1 + len].to_string())
}
#[tokio::main]
async fn main() -> Result<()> {
    let sock = UdpSocket::bind("127.0.0.1:0").await?;
    sock.connect("127.0.0.1:2299").await?;
    for round in 0..5 {
        let config =
            || MediaConfig { local_ips: vec![[127, 0, 0, 1].into()], ice_servers: vec![], wanted: Direction::SendRecv };
        let (a, ae) = MediaSession::new(config()).await?;
        let (b, be) = MediaSession::new(config()).await?;
        let call = format!("call{round}x{}", std::process::id());
        let d = Duration::from_millis(std::env::args().nth(1).map_or(0, |x| x.parse().unwrap()));
        let offer = delayed(a.make_offer().await?, d).await?;
        let to_b = ng(&sock, "offer", &call, &offer).await?;
        let (answer, _) = b.answer_offer(&to_b, Direction::SendRecv).await?;
        let at_b = Instant::now();
        let to_a = ng(&sock, "answer", &call, &answer).await?;
        if false {
            println!("OFFER TO B\n{to_b}\nANSWER TO A\n{to_a}");
        }
        let at_a = Instant::now();
        let to_a = delayed(to_a, d).await?;
        tokio::time::sleep(d).await;
        a.apply_answer(&to_a).await?;
        let (a2, b2) = (a.clone(), b.clone());
        let speech = tokio::spawn(async move {
            let mut t = tokio::time::interval(Duration::from_millis(20));
            loop {
                t.tick().await;
                for x in [&a2, &b2] {
                    x.write(OutPacket { payload: Bytes::from_static(&[0; 80]), samples_48k: 960, marker: false });
                }
            }
        });
        let (x, y) = tokio::join!(first(ae), first(be));
        let ms = |x: Result<(Instant, Instant)>, from: Instant| match x {
            Ok((c, h)) => {
                format!("connected {:.1} hears {:.1}", (c - from).as_secs_f64() * 1e3, (h - from).as_secs_f64() * 1e3)
            }
            Err(e) => e.to_string(),
        };
        println!("caller {} | callee {}", ms(x, at_a), ms(y, at_b));
        speech.abort();
        a.close().await;
        b.close().await;
    }
    Ok(())
}
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
    Err("ended".into())
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
