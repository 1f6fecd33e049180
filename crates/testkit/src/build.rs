//! Data in a word or two. What a test does not say is readable, valid and beside the point.

use auth::{EmailAddress, HashParams, LinkToken, Password, PasswordHash, PortalSession, Role};
use domain::{
    ClientId, Clock, DeviceKind, LocationId, LocationKind, OperatorUserId, ProjectId, Timestamp,
    UnitId,
};
use store_operator::{
    Asker, Authority, NewAccount, NewClient, NewLocation, NewProject, NewUnit, ProjectClient,
};

use crate::TestDatabase;

/// A portal that is open, and what leads into it.
#[derive(Debug, Clone)]
pub struct TestPortal {
    /// Its project.
    pub project: ProjectId,
    /// Its link.
    pub link: LinkToken,
    /// Its password.
    pub password: Password,
}

/// A project with an open portal, and one location with one meter.
#[derive(Debug, Clone)]
pub struct Site {
    /// The project.
    pub project: ProjectId,
    /// Its portal.
    pub portal: TestPortal,
    /// Its location.
    pub location: LocationId,
    /// The meter there.
    pub unit: UnitId,
}

/// An account of staff, and what lets its owner in.
#[derive(Debug, Clone)]
pub struct TestAccount {
    /// Its id.
    pub id: OperatorUserId,
    /// Its address.
    pub email: EmailAddress,
    /// Its password.
    pub password: Password,
}

/// A meter's name.
///
/// # Panics
/// When it can be none.
pub fn unit_id(text: &str) -> UnitId {
    meter_id::parse(text).expect("a unit id")
}

/// A time, as in `2026-11-21T04:00:00Z`.
///
/// # Panics
/// When it is none.
pub fn at(text: &str) -> Timestamp {
    text.parse().expect("an RFC 3339 time")
}

/// The hash of a password by parameters so cheap that they fit no purpose but a test's.
///
/// # Panics
/// When argon2 has no memory.
pub fn cheap_hash(password: &Password, random: &dyn domain::RandomSource) -> PasswordHash {
    let params = HashParams::new(8, 1, 1).expect("argon2's least parameters");
    PasswordHash::compute(password, &params, random).expect("a hash")
}

/// All of these panic where the store refuses.
impl TestDatabase {
    /// A client.
    pub fn client(&self, name: &str) -> ClientId {
        let new = NewClient {
            name: name.to_owned(),
            contact_email: None,
        };
        self.operator().create_client(&new).expect("a client")
    }

    /// A project of somebody.
    pub fn project(&self, name: &str) -> ProjectId {
        let new = NewProject {
            name: name.to_owned(),
            client: ProjectClient::Named("Somebody".to_owned()),
            ..NewProject::default()
        };
        self.operator().create_project(&new).expect("a project")
    }

    /// A place of sound monitoring, after the project's others.
    pub fn location(&self, project: ProjectId, name: &str) -> LocationId {
        let new = NewLocation {
            name: name.to_owned(),
            kind: LocationKind::Sound,
            description: None,
            latitude: Some(40.7),
            longitude: Some(-74.0),
        };
        self.operator()
            .add_location(project, &new)
            .expect("a location")
    }

    /// A sound level meter of the roster.
    pub fn unit(&self, id: &str) -> UnitId {
        let new = NewUnit {
            id: unit_id(id),
            kind: DeviceKind::SoundLevelMeter,
            serial: Some(format!("serial of {id}")),
            model: Some("NL-43".to_owned()),
            calibration_due: None,
        };
        self.operator().add_unit(&new).expect("a unit");
        new.id
    }

    /// Puts a meter at a location, now and for good.
    pub fn assign(&self, unit: &UnitId, location: LocationId) {
        self.operator()
            .assign_unit(unit, location, None, None)
            .expect("an assignment");
    }

    /// Puts a meter at a location for that time; an empty `until` is for good.
    pub fn assign_for(&self, unit: &UnitId, location: LocationId, from: &str, until: &str) {
        let until = (!until.is_empty()).then(|| at(until));
        self.operator()
            .assign_unit(unit, location, Some(at(from)), until)
            .expect("an assignment");
    }

    /// Opens a project's portal, with a password of its own.
    pub fn portal(&self, project: ProjectId) -> TestPortal {
        let password = Password::generate(&**self.random()).expect("a password");
        let hash = cheap_hash(&password, &**self.random());
        let opened = self
            .operator()
            .portal_enable(project, &hash)
            .expect("an open portal");
        TestPortal {
            project,
            link: opened.link,
            password,
        }
    }

    /// An account of that role, without a second factor.
    pub fn account(&self, email: &str, role: Role) -> TestAccount {
        let password = Password::generate(&**self.random()).expect("a password");
        let hash = cheap_hash(&password, &**self.random());
        let new = NewAccount {
            email: email.to_owned(),
            name: format!("Owner of {email}"),
            role,
        };
        let id = self
            .operator()
            .create_account(Authority::CommandLine, &new, &hash)
            .expect("an account");
        TestAccount {
            id,
            email: email.parse().expect("an address"),
            password,
        }
    }

    /// Somebody who is signed in by a session made now.
    pub fn asker(&self, account: OperatorUserId) -> Asker {
        let ask = format!("SELECT sessions_valid_from FROM operator_users WHERE id = '{account}'");
        let valid_from = Timestamp::from_millisecond(self.raw().number(&ask));
        Asker {
            account,
            valid_from: valid_from.expect("a time"),
        }
    }

    /// The hash that a proof of the password that holds now was checked against.
    pub fn proven(&self, account: OperatorUserId) -> PasswordHash {
        let ask = format!("SELECT password_hash FROM operator_users WHERE id = '{account}'");
        let hash = self.raw().text(&ask).expect("an account");
        PasswordHash::parse(&hash).expect("a hash")
    }

    /// The session of somebody who came in by a portal just now.
    pub async fn session(&self, portal: &TestPortal) -> PortalSession {
        self.database()
            .gate_by_link(&portal.link)
            .await
            .expect("the database answers")
            .expect("the link leads in")
            .session(self.clock().now())
    }

    /// A project with an open portal, and one location, `North gate`, where that meter stands
    /// since a week.
    pub fn site(&self, name: &str, unit: &str) -> Site {
        let project = self.project(name);
        let location = self.location(project, "North gate");
        let unit = self.unit(unit);
        self.assign_for(&unit, location, "2026-11-14T04:00:00Z", "");
        Site {
            project,
            portal: self.portal(project),
            location,
            unit,
        }
    }
}
