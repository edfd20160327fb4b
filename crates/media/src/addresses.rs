//! Which of our addresses a far end may reach.

use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::sync::Mutex;

use rtc::shared::ifaces::ifaces;

use crate::traffic::lock;

/// Interfaces of containers, virtual machines and tunnels. They are used only where nothing else is.
const VIRTUAL: [&str; 8] = ["docker", "veth", "virbr", "vmnet", "vboxnet", "br-", "tun", "utun"];

/// The addresses to offer to a far end: those of all real interfaces, IPv4 first.
///
/// Loopback is offered only when the server itself is on loopback (`toward`), which means that everybody is on this
/// computer, or when there is nothing else. Link-local addresses are useless without their zone and left out; tunnels and
/// container bridges are taken only when no other address exists (they cost checks and seldom lead anywhere).
#[must_use]
pub fn local_addresses(toward: Option<IpAddr>) -> Vec<IpAddr> {
    let found = match ifaces() {
        Ok(interfaces) => interfaces,
        Err(error) => {
            tracing::warn!(%error, "listing network interfaces failed; only loopback is offered");
            Vec::new()
        }
    };
    choose(found.into_iter().filter_map(|interface| Some((interface.name, interface.addr?.ip()))), toward)
}

fn choose(found: impl Iterator<Item = (String, IpAddr)>, toward: Option<IpAddr>) -> Vec<IpAddr> {
    let mut all: Vec<(bool, IpAddr)> = found
        .filter(|(_, ip)| !ip.is_loopback() && !ip.is_unspecified() && !is_link_local(*ip))
        .map(|(name, ip)| (VIRTUAL.iter().any(|prefix| name.starts_with(prefix)), ip))
        .collect();
    if all.iter().any(|(is_virtual, _)| !is_virtual) {
        all.retain(|(is_virtual, _)| !is_virtual);
    }
    let mut chosen: Vec<IpAddr> = all.into_iter().map(|(_, ip)| ip).collect();
    chosen.sort_by_key(|ip| ip.is_ipv6());
    chosen.dedup();
    chosen.truncate(8);
    match toward {
        Some(server) if server.is_loopback() => chosen.insert(0, server),
        _ if chosen.is_empty() => chosen.push([127, 0, 0, 1].into()),
        _ => {}
    }
    chosen
}

fn is_link_local(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => ip.is_link_local(),
        // fe80::/10, and unique local addresses (fc00::/7) stay: they are how some offices number their network.
        IpAddr::V6(ip) => ip.segments()[0] & 0xffc0 == 0xfe80,
    }
}

/// Where to bind, asked again by the engine at every ICE restart, so that a restart after a network change finds the
/// network that is there now.
#[derive(Debug)]
pub(crate) struct BindAddresses {
    /// What was configured; taken by the first bind, unless it was nothing but loopback, which no network change touches.
    first: Mutex<Option<Vec<IpAddr>>>,
    loopback: Vec<IpAddr>,
    only_loopback: bool,
}

impl BindAddresses {
    pub fn new(ips: Vec<IpAddr>) -> Self {
        let loopback: Vec<IpAddr> = ips.iter().copied().filter(IpAddr::is_loopback).collect();
        let only_loopback = loopback.len() == ips.len();
        BindAddresses { first: Mutex::new(Some(ips)), loopback, only_loopback }
    }
}

impl ToSocketAddrs for BindAddresses {
    type Iter = std::vec::IntoIter<SocketAddr>;

    fn to_socket_addrs(&self) -> std::io::Result<Self::Iter> {
        let ips = match lock(&self.first).take() {
            Some(configured) => configured,
            None if self.only_loopback => self.loopback.clone(),
            None => local_addresses(self.loopback.first().copied()),
        };
        Ok(ips.into_iter().map(|ip| SocketAddr::new(ip, 0)).collect::<Vec<_>>().into_iter())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(found: &[(&str, &str)], toward: Option<&str>) -> Vec<String> {
        let ip = |text: &str| text.parse::<IpAddr>().unwrap();
        let found = found.iter().map(|(name, address)| ((*name).to_owned(), ip(address)));
        choose(found, toward.map(ip)).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn loopback_is_offered_only_to_loopback_or_when_alone() {
        let found = [("lo", "127.0.0.1"), ("eth0", "192.0.2.7")];
        assert_eq!(chosen(&found, None), ["192.0.2.7"]);
        assert_eq!(chosen(&found, Some("203.0.113.1")), ["192.0.2.7"]);
        assert_eq!(chosen(&found, Some("127.0.0.1")), ["127.0.0.1", "192.0.2.7"]);
        assert_eq!(chosen(&[("lo", "127.0.0.1")], None), ["127.0.0.1"]);
    }

    #[test]
    fn virtual_interfaces_are_a_last_resort() {
        let docker = ("docker0", "172.17.0.1");
        assert_eq!(
            chosen(&[docker, ("wlan0", "2001:db8::1"), ("eth0", "192.0.2.7")], None),
            ["192.0.2.7", "2001:db8::1"]
        );
        assert_eq!(chosen(&[docker], None), ["172.17.0.1"]);
        assert_eq!(chosen(&[("eth0", "169.254.1.1"), ("eth0", "fe80::1")], None), ["127.0.0.1"]);
    }
}
