//! Everything that the tests look at and act on.

use std::time::Duration;

use auth::Password;
use domain::{Clock as _, LocationKind};
use serde_json::{Value, json};
use slmm_sim::SimConfig;
use store_operator::NewLocation;
use testkit::{House, OperatorApp, TestDatabase, at, cheap_hash};
use web_operator::Access;

use crate::order::{Order, PortalTuning, Revocation};
use crate::places::{self, Project};
use crate::portals::Served;
use crate::sound;
use crate::staff::Staff;
use crate::time::Flow;

/// A quarter of an hour before the curtain: Saturday, ten to ten in the morning in New York.
const BEGINNING: &str = "2026-11-21T14:49:00Z";

/// What an order comes to; the error is for the test's reader.
pub(crate) type Outcome = Result<Value, String>;

/// The servers go before what they serve.
pub(crate) struct Stage {
    portals: Vec<Served>,
    offices: Vec<OperatorApp>,
    staff: Staff,
    projects: Vec<Project>,
    flow: Flow,
    house: House,
}

impl Stage {
    /// Sets the scene, and lets the clock run.
    pub(crate) fn set() -> Self {
        Self::with(places::fill, |house| {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .expect("a runtime");
            sound::direct(house, &runtime);
        })
    }

    /// The first day of a firm: meters that SLMM polls, and nothing else.
    pub(crate) fn set_empty() -> Self {
        Self::with(|_| Vec::new(), |house| house.pass(Duration::from_mins(2)))
    }

    fn with(fill: impl FnOnce(&TestDatabase) -> Vec<Project>, direct: impl FnOnce(&House)) -> Self {
        let data = TestDatabase::sqlite();
        data.clock().step_to(at(BEGINNING));
        let config = SimConfig {
            start_hour: Some(10),
            ..SimConfig::with_units(places::UNITS)
        };
        let projects = fill(&data);
        let house = House::with(data, &config);
        direct(&house);
        let portal = Served::start(&house, PortalTuning::default());
        let office = house.office_with(|options| {
            options.settings.portal_origin = portal.url().parse().expect("an origin");
        });
        Self {
            portals: vec![portal],
            offices: vec![office],
            staff: Staff::default(),
            projects,
            flow: Flow::of(house.clock().clone()),
            house,
        }
    }

    /// Where everything is, and how one gets in.
    pub(crate) fn introduction(&self) -> Value {
        let projects = self.projects.iter().map(|project| {
            let locations = project.locations.iter().map(|location| {
                json!({
                    "id": location.id.to_string(),
                    "name": location.name,
                    "unit": location.unit,
                    "standing": location.standing,
                })
            });
            json!({
                "id": project.portal.project.to_string(),
                "name": project.name,
                "link": project.portal.link.as_str(),
                "password": project.portal.password.reveal(),
                "locations": locations.collect::<Vec<_>>(),
            })
        });
        json!({
            "portal": self.portals.first().map(Served::url),
            "database": self.house.data.database().url().to_string(),
            "operator": self.offices.first().map(OperatorApp::url),
            "slmm": self.house.slmm.base_url(),
            "now": self.house.clock().now().to_string(),
            "projects": projects.collect::<Vec<_>>(),
        })
    }

    /// Does as told.
    pub(crate) fn carry_out(&mut self, order: Order) -> Outcome {
        match order {
            Order::Pass { seconds } => self.house.pass(Duration::from_secs(seconds)),
            Order::Freeze => self.flow.set(false),
            Order::Flow => self.flow.set(true),
            Order::Metrics { portal } => {
                return self
                    .served(portal)?
                    .metrics()
                    .ok_or_else(|| "it is down".into());
            }
            Order::Revoke { project, how } => return self.revoke(&project, how),
            Order::Open { project } => return self.open(&project),
            Order::Portal { settings } => {
                self.portals.push(Served::start(&self.house, settings));
                let number = self.portals.len() - 1;
                return Ok(json!({ "portal": number, "url": self.served(number)?.url() }));
            }
            Order::StopPortal { portal } => self.served(portal)?.down(),
            Order::StartPortal { portal } => {
                let served = self.portals.get_mut(portal).ok_or("no such portal")?;
                served.up(&self.house);
            }
            Order::Sim { unit, command } => {
                let sim = self.house.sim();
                sim.apply(&unit, command)
                    .map_err(|error| error.to_string())?;
            }
            Order::SlmmDown => self.house.sim().set_down(true),
            Order::SlmmUp => {
                self.house.sim().set_down(false);
                sound::stall(self.house.sim());
            }
            Order::AddLocation { project, name } => return self.add_location(&project, name),
            Order::RemoveLocation { id } => {
                let id = id.parse().map_err(|_malformed| "no location id")?;
                let operator = self.house.data.operator();
                operator
                    .remove_location(id)
                    .map_err(|error| error.to_string())?;
            }
            Order::Staff {
                role,
                second_factor,
            } => return self.staff.hire(&self.house, &role, second_factor),
            Order::Code { email } => return self.staff.code(&self.house, &email),
            Order::ClosedOffice => {
                let office = self
                    .house
                    .office_with(|options| options.settings.access = Access::SignedIn);
                let url = office.url();
                self.offices.push(office);
                return Ok(json!({ "url": url }));
            }
            Order::Now => {
                let at = self.house.clock().now().as_millisecond();
                return Ok(json!({ "at": at }));
            }
            Order::Quit => {}
        }
        Ok(json!({ "now": self.house.clock().now().to_string() }))
    }

    fn served(&mut self, number: usize) -> Result<&mut Served, String> {
        self.portals
            .get_mut(number)
            .ok_or_else(|| "no such portal".into())
    }

    fn project(&self, name: &str) -> Result<&Project, String> {
        let found = self.projects.iter().find(|project| project.name == name);
        found.ok_or_else(|| format!("no project {name}"))
    }

    fn revoke(&self, project: &str, how: Revocation) -> Outcome {
        let (operator, id) = (
            self.house.data.operator(),
            self.project(project)?.portal.project,
        );
        let refused = |error: store_operator::OperatorError| error.to_string();
        match how {
            Revocation::Disable => operator.portal_disable(id).map_err(refused)?,
            Revocation::Link => {
                let link = operator.portal_rotate_link(id).map_err(refused)?;
                return Ok(json!({ "link": link.as_str() }));
            }
            Revocation::Password => {
                let random = self.house.data.random();
                let password = Password::generate(&**random).expect("a password");
                let hash = cheap_hash(&password, &**random);
                operator.portal_password(id, &hash).map_err(refused)?;
                return Ok(json!({ "password": password.reveal() }));
            }
        }
        Ok(json!({}))
    }

    fn open(&self, project: &str) -> Outcome {
        let id = self.project(project)?.portal.project;
        let opened = self.house.data.portal(id);
        // The password that was there before holds: the one offered now is not taken.
        Ok(json!({ "link": opened.link.as_str() }))
    }

    fn add_location(&self, project: &str, name: String) -> Outcome {
        let id = self.project(project)?.portal.project;
        let new = NewLocation {
            name,
            kind: LocationKind::Sound,
            description: None,
            latitude: None,
            longitude: None,
        };
        let added = self.house.data.operator().add_location(id, &new);
        let added = added.map_err(|error| error.to_string())?;
        Ok(json!({ "id": added.to_string() }))
    }
}
