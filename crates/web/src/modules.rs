//! Which scripts a page will need, so that the browser can ask for all of them at once instead of
//! finding them one import after another.

use std::collections::{BTreeMap, BTreeSet};

use rust_embed::RustEmbed;

/// By the name of a page's script, `{app}/js/{name}.js`: the modules it imports.
pub fn of_pages<E: RustEmbed>(
    app: &str,
    names: &[&'static str],
) -> BTreeMap<&'static str, Vec<String>> {
    let module = |name: &&'static str| {
        let entry = format!("{app}/js/{name}.js");
        (*name, imported_by::<E>(&entry))
    };
    names.iter().map(module).collect()
}

/// The modules that `entry` imports, directly and by others, itself not among them. Only what is
/// imported statically counts: the rest is loaded when it is wanted.
pub fn imported_by<E: RustEmbed>(entry: &str) -> Vec<String> {
    let mut found = BTreeSet::new();
    let mut open = vec![entry.to_owned()];
    while let Some(name) = open.pop() {
        let Some(file) = E::get(&name) else { continue };
        let text = String::from_utf8_lossy(&file.data);
        for target in text.lines().filter_map(static_import) {
            let module = resolve(&name, target);
            if module != entry && found.insert(module.clone()) {
                open.push(module);
            }
        }
    }
    found.into_iter().collect()
}

/// What a line imports: `import … from "…"`, the last line of one over several, or `import "…"`.
fn static_import(line: &str) -> Option<&str> {
    let line = line.trim().strip_suffix(';')?;
    let quoted = line.strip_suffix('"')?;
    let (before, target) = quoted.rsplit_once('"')?;
    let is_import = before == "import "
        || before.ends_with(" from ")
            && ["import ", "} from ", "export "]
                .iter()
                .any(|start| before.starts_with(start));
    is_import
        .then_some(target)
        .filter(|target| target.starts_with('.'))
}

/// A relative path as seen from a file, within the folder of all files.
fn resolve(from: &str, target: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop();
            }
            name => parts.push(name),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_static_import_is_found_however_it_is_written() {
        for (line, target) in [
            (r#"import { a } from "./a.js";"#, Some("./a.js")),
            (r#"import "./b.js";"#, Some("./b.js")),
            (r#"} from "../vendor/c.js";"#, Some("../vendor/c.js")),
            (r#"export { d } from "./d.js";"#, Some("./d.js")),
            (r#"const e = await import("./e.js");"#, None),
            (r#"// taken from "./f.js";"#, None),
            (r#"import { g } from "g";"#, None),
        ] {
            assert_eq!(static_import(line), target, "{line}");
        }
    }

    #[test]
    fn a_path_is_seen_from_its_file() {
        assert_eq!(resolve("js/page.js", "./ages.js"), "js/ages.js");
        assert_eq!(resolve("js/page.js", "../vendor/x.js"), "vendor/x.js");
    }
}
