//! A socket as the engine gets it, and a far end that is a plain socket.

use super::*;
use rtc::stun::integrity::MessageIntegrity;
use rtc::stun::message::{BINDING_REQUEST, Getter, Setter, TransactionId};
use tokio::net::UdpSocket;
use webrtc::peer_connection::crypto;
use webrtc::runtime::default_runtime;

const DEADLINE: Duration = Duration::from_secs(10);
const PWD: &str = "a-password-of-the-far-end";
const HELLO: &[u8] = &[22, 254, 253, 1, 2, 3];

/// Our socket as the engine gets it, and the far end.
async fn setup() -> (Arc<Doorstep>, Arc<dyn AsyncUdpSocket>, UdpSocket) {
    let door = Doorstep::new(crypto::default_provider().unwrap());
    let runtime = DoorstepRuntime::new(default_runtime().unwrap(), door.clone());
    let ours = runtime.wrap_udp_socket(std::net::UdpSocket::bind("127.0.0.1:0").unwrap()).unwrap();
    let far = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    far.connect(ours.local_addr().unwrap()).await.unwrap();
    (door, ours, far)
}

async fn receive(socket: &Arc<dyn AsyncUdpSocket>) -> Vec<u8> {
    let mut buffer = vec![0; 2000];
    let (size, _) = tokio::time::timeout(DEADLINE, socket.recv_from(&mut buffer)).await.unwrap().unwrap();
    buffer.truncate(size);
    buffer
}

async fn arrives(far: &UdpSocket) -> Vec<u8> {
    let mut buffer = vec![0; 2000];
    let size = tokio::time::timeout(DEADLINE, far.recv(&mut buffer)).await.unwrap().unwrap();
    buffer.truncate(size);
    buffer
}

struct UseCandidate;

impl Setter for UseCandidate {
    fn add_to(&self, message: &mut Message) -> Result<(), rtc::shared::error::Error> {
        message.add(rtc::stun::attributes::AttrType(USE_CANDIDATE), &[]);
        Ok(())
    }
}

fn request(nominating: bool) -> Message {
    let mut message = Message::new();
    message.build(&[Box::new(BINDING_REQUEST), Box::new(TransactionId::new())]).unwrap();
    if nominating {
        UseCandidate.add_to(&mut message).unwrap();
    }
    message
}

#[tokio::test(flavor = "multi_thread")]
async fn an_early_handshake_waits_for_ice_and_other_datagrams_do_not() {
    let (door, ours, far) = setup().await;
    let check = request(false).raw;
    far.send(HELLO).await.unwrap();
    far.send(&check).await.unwrap();
    assert_eq!(receive(&ours).await, check, "checks pass while the handshake waits");
    let reader = ours.clone();
    let waiting = tokio::spawn(async move { receive(&reader).await });
    door.open();
    assert_eq!(waiting.await.unwrap(), HELLO);
    far.send(HELLO).await.unwrap();
    assert_eq!(receive(&ours).await, HELLO, "later ones pass");
}

#[tokio::test(flavor = "multi_thread")]
async fn held_handshakes_are_bounded() {
    let (door, ours, far) = setup().await;
    let check = request(false).raw;
    for _ in 0..5 * MAX_HELD {
        far.send(HELLO).await.unwrap();
    }
    far.send(&check).await.unwrap();
    assert_eq!(receive(&ours).await, check);
    door.open();
    far.send(&check).await.unwrap();
    let mut held = 0;
    while receive(&ours).await == HELLO {
        held += 1;
    }
    assert_eq!(held, MAX_HELD);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_nomination_is_believed_repeated_and_its_real_answer_swallowed() {
    let (door, ours, far) = setup().await;
    door.expect(PWD);
    let to = far.local_addr().unwrap();
    ours.send_to(&request(false).raw, to).await.unwrap();
    let nomination = request(true);
    ours.send_to(&nomination.raw, to).await.unwrap();

    let believed = receive(&ours).await;
    let mut answer = Message::new();
    answer.unmarshal_binary(&believed).unwrap();
    assert_eq!((answer.typ, answer.transaction_id), (BINDING_SUCCESS, nomination.transaction_id));
    let crypto = crypto::default_provider().unwrap();
    MessageIntegrity::check(&mut answer, PWD.as_bytes(), crypto.crypto()).expect("signed as the far end would");
    let mut mapped = XorMappedAddress::default();
    mapped.get_from(&answer).unwrap();

    arrives(&far).await;
    for _ in 0..3 {
        assert_eq!(arrives(&far).await, nomination.raw, "until it is answered");
    }
    far.send(&believed).await.unwrap();
    far.send(HELLO).await.unwrap();
    door.open();
    assert_eq!(receive(&ours).await, HELLO, "the real answer does not come through");
    assert!(door.confirmed());
}

/// A check as who knows `pwd` signs it.
fn signed_check(pwd: &str) -> Message {
    let provider = crypto::default_provider().unwrap();
    let integrity = MessageIntegrity::new_short_term_integrity_with_provider(pwd.to_owned(), provider.crypto());
    let mut message = Message::new();
    message
        .build(&[Box::new(BINDING_REQUEST), Box::new(TransactionId::new()), Box::new(integrity), Box::new(FINGERPRINT)])
        .unwrap();
    message
}

#[tokio::test(flavor = "multi_thread")]
async fn who_checked_us_before_its_answer_is_believed_to_hear_us() {
    let (door, ours, far) = setup().await;
    let to = far.local_addr().unwrap();
    door.announce("our-own-password-of-ice");
    let early = signed_check("our-own-password-of-ice").raw;
    far.send(&early).await.unwrap();
    assert_eq!(receive(&ours).await, early, "the engine sees it as ever");
    door.expect(PWD);
    let check = request(false);
    ours.send_to(&check.raw, to).await.unwrap();

    let believed = receive(&ours).await;
    let mut answer = Message::new();
    answer.unmarshal_binary(&believed).unwrap();
    assert_eq!((answer.typ, answer.transaction_id), (BINDING_SUCCESS, check.transaction_id));
    assert_eq!(receive(&ours).await, early, "the engine may answer it now");
    assert_eq!(arrives(&far).await, check.raw, "the real check leaves all the same");
    far.send(&believed).await.unwrap();
    far.send(HELLO).await.unwrap();
    door.open();
    assert_eq!(receive(&ours).await, HELLO, "the real answer does not come through");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_check_with_another_password_or_from_elsewhere_proves_nothing() {
    let (door, ours, far) = setup().await;
    let to = far.local_addr().unwrap();
    let unsigned = request(false).raw;
    let wrong = signed_check("a-password-that-was-guessed").raw;
    far.send(&signed_check(PWD).raw).await.unwrap();
    receive(&ours).await;
    door.announce("our-own-password-of-ice");
    for bytes in [&unsigned, &wrong] {
        far.send(bytes).await.unwrap();
        assert_eq!(&receive(&ours).await, bytes);
    }
    let elsewhere = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    elsewhere.send_to(&signed_check("our-own-password-of-ice").raw, ours.local_addr().unwrap()).await.unwrap();
    receive(&ours).await;
    door.expect(PWD);
    ours.send_to(&request(false).raw, to).await.unwrap();
    far.send(&unsigned).await.unwrap();
    assert_eq!(receive(&ours).await, unsigned, "nothing was answered in the far end's name");
}

#[test]
fn nonsense_is_no_nomination() {
    let door = Doorstep::new(crypto::default_provider().unwrap());
    door.expect(PWD);
    let to = SocketAddr::from(([127, 0, 0, 1], 9));
    let mut cut = request(true).raw;
    cut.truncate(21);
    for bytes in [&[][..], &[0], &[0, 1, 0, 0], &cut, &request(false).raw, HELLO] {
        assert_eq!(door.believe(bytes, to, false), None);
        assert!(!door.confirms(bytes));
    }
}
