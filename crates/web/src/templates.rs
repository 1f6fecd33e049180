//! Pages: every template has one context type, and every context type has samples.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use rust_embed::RustEmbed;
use serde::Serialize;
use tera::{Context, Tera};

/// A page: the one context type of one template.
pub trait Page: Serialize + Sized {
    /// The template's name, such as `portal/overview.html`.
    const TEMPLATE: &'static str;

    /// Contexts that show both sides of every condition in the template.
    fn samples() -> Vec<Self>;
}

/// A template cannot be parsed or rendered. It is a fault of the program, never of a visitor.
#[derive(Debug, thiserror::Error)]
#[error("template: {0}")]
pub struct TemplateError(#[from] tera::Error);

/// What every page may use without saying so.
#[derive(Debug, Clone, Serialize)]
pub struct Globals {
    /// The firm's name.
    pub brand: String,
    /// The folder of static files, with the hash of their content in it.
    pub assets: String,
    /// By a page's script: the modules it imports, as paths within that folder.
    pub modules: BTreeMap<&'static str, Vec<String>>,
}

/// All templates of one app, parsed once.
#[derive(Debug, Clone)]
pub struct Templates(Arc<Tera>);

impl Templates {
    /// Parses every embedded file of these sources; a name is `folder/file`.
    ///
    /// # Errors
    /// [`TemplateError`] names the file and the line.
    pub fn parse(sources: &[(&str, Source)], globals: &Globals) -> Result<Self, TemplateError> {
        let mut tera = Tera::new();
        tera.autoescape_on(vec![".html"]);
        *tera.global_context() = Context::from_serialize(globals)?;
        let files = sources.iter().flat_map(|(folder, source)| {
            source
                .iter()
                .map(move |(file, text)| (format!("{folder}/{file}"), text.as_str()))
        });
        tera.add_raw_templates(files.collect::<Vec<_>>())?;
        Ok(Self(Arc::new(tera)))
    }

    /// Renders a page.
    ///
    /// # Errors
    /// [`TemplateError`] where the template asks for what the page has not.
    pub fn render<P: Page>(&self, page: &P) -> Result<String, TemplateError> {
        Ok(self
            .0
            .render(P::TEMPLATE, &Context::from_serialize(page)?)?)
    }

    /// The names of all templates.
    pub fn names(&self) -> Vec<&str> {
        self.0.get_template_names().collect()
    }
}

/// Embedded files: name and text.
pub type Source = Vec<(Cow<'static, str>, String)>;

/// Reads an embedded folder of templates.
pub fn source<E: RustEmbed>() -> Source {
    let text =
        |name: &str| E::get(name).map(|file| String::from_utf8_lossy(&file.data).into_owned());
    E::iter()
        .filter_map(|name| text(&name).map(|text| (name, text)))
        .collect()
}

#[derive(RustEmbed)]
#[folder = "../../templates/shared"]
struct SharedTemplates;

/// The templates both apps extend.
pub fn shared_source() -> Source {
    source::<SharedTemplates>()
}

/// What the content policy would silently kill: each finding names the file and the text.
pub fn inline_code(sources: &[Source]) -> Vec<String> {
    const BANNED: [&str; 9] = [
        "style=",
        "<style",
        "<script>",
        "onclick",
        "onload",
        "onerror",
        "hx-on",
        "javascript:",
        "| safe",
    ];
    let found = |(name, text): &(Cow<'static, str>, String)| {
        let banned = BANNED.iter().filter(|banned| text.contains(**banned));
        banned
            .map(|banned| format!("{name} has {banned}"))
            .collect::<Vec<_>>()
    };
    sources.iter().flatten().flat_map(found).collect()
}
