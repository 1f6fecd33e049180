//! No room is left where SQLite's file is.
//!
//! The tests run once more by themselves in a mount namespace of their own, where the folder for
//! temporary files is a disk of few megabytes.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use testkit::postgres::is_root;
use testkit::{Engine, Installation, OnEngine as _, Visitor};

use super::{Shop, is_whole};

const TINY: &str = "TINY_DISK";

/// Where the tiny disk is, if this is the run upon it; otherwise that run has come and gone well.
fn on_a_tiny_disk(test: &str) -> Option<PathBuf> {
    if let Some(disk) = std::env::var_os(TINY) {
        return Some(disk.into());
    }
    let folder = tempfile::tempdir().unwrap();
    let script =
        "mount -t tmpfs -o size=3m tiny \"$TINY_DISK\" && exec \"$0\" --exact \"$1\" --nocapture";
    // Root has a namespace of its own for the asking; whoever is not, or is root in a container that
    // allows it nothing, is root in a user namespace.
    let ways: &[&str] = if is_root() { &["-m", "-rm"] } else { &["-rm"] };
    for way in ways {
        let inside = Command::new("unshare")
            .args([way, "sh", "-c", script])
            .arg(std::env::current_exe().unwrap())
            .arg(test)
            .env(TINY, folder.path())
            .env("TMPDIR", folder.path())
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&inside.stdout);
        let errors = String::from_utf8_lossy(&inside.stderr);
        if errors.contains("unshare: ") || errors.contains("mount: ") {
            continue;
        }
        assert!(
            inside.status.success() && told.contains("1 passed"),
            "{told}\n{errors}"
        );
        return None;
    }
    panic!(
        "a small disk to fill needs root, or user namespaces (kernel.unprivileged_userns_clone)"
    );
}

/// Takes all the room there is.
fn fill(disk: &Path) -> PathBuf {
    let path = disk.join("filler");
    let mut filler = File::create(&path).unwrap();
    for size in [4096, 1] {
        while filler.write_all(&vec![0; size]).is_ok() {}
    }
    path
}

/// Makes projects until one is refused: the names of those that were made.
async fn make_until_refused(shop: &Shop, round: usize) -> Vec<String> {
    let mut made = Vec::new();
    for number in 0..2000 {
        let name = format!("Site {round}-{number}");
        let fields = [("name", name.as_str()), ("client_name", "The Town")];
        let reply = shop.staff.submit("/projects/new", &fields).await;
        match reply.status {
            303 => made.push(name),
            503 => {
                assert_eq!(reply.header("retry-after"), "60");
                assert!(
                    reply.body.contains("Nothing can be stored at the moment."),
                    "{}",
                    reply.body
                );
                return made;
            }
            other => panic!("{other}: {}", reply.body),
        }
    }
    panic!("the disk was never full");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_written_is_refused_and_what_is_read_goes_on() {
    let test = "faults::disk_full::what_is_written_is_refused_and_what_is_read_goes_on";
    let Some(disk) = on_a_tiny_disk(test) else {
        return;
    };
    let house = Installation::on(Engine::Sqlite);
    let (mut portal, mut office, shop, mut viewer) = Shop::open(&house).await;
    let mut acknowledged = Vec::new();
    for round in 0..2 {
        let filler = fill(&disk);
        acknowledged.extend(make_until_refused(&shop, round).await);
        // Nothing is checked that cannot be counted, and who is in stays in.
        assert_eq!(shop.knock("wrong").await, 503);
        assert_eq!(shop.knock(shop.site.portal.password.reveal()).await, 503);
        for path in [
            "/portal",
            "/portal/api/overview",
            &shop.path("live"),
            "/healthz",
            "/readyz",
        ] {
            assert_eq!(shop.visitor.get(path).await.status, 200, "{path}");
        }
        for path in ["/", "/projects", "/healthz", "/readyz"] {
            assert_eq!(shop.staff.get(path).await.status, 200, "{path}");
        }
        for _ in 0..3 {
            viewer.frame("reading").await;
        }

        fs::remove_file(filler).unwrap();
        assert_eq!(shop.knock("wrong").await, 401);
        Visitor::at(&shop.portal).enter(&shop.site.portal).await;
        let name = format!("Afterwards {round}");
        let fields = [("name", name.as_str()), ("client_name", "The Town")];
        assert_eq!(
            shop.staff.submit("/projects/new", &fields).await.status,
            303
        );
        acknowledged.push(name);
    }
    is_whole(&house.data);
    let mut raw = house.data.raw();
    for name in &acknowledged {
        let there = format!("SELECT count(*) FROM projects WHERE name = '{name}'");
        assert_eq!(raw.number(&there), 1, "{name}");
    }
    let all = i64::try_from(acknowledged.len()).unwrap() + 1;
    assert_eq!(
        raw.number("SELECT count(*) FROM projects"),
        all,
        "nothing that was refused"
    );
    let records = "SELECT count(*) FROM audit_log WHERE action = 'project.create'";
    assert_eq!(raw.number(records), all);
    assert!(portal.is_running() && office.is_running());
    assert!(portal.stop().success() && office.stop().success());
}
