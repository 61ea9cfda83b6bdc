//! Makes a module smaller after compression, in two ways that wasm-opt does not know.

use std::collections::BTreeMap;

use anyhow::{Result, ensure};
use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{ImportSection, NameMap, NameSection, Section as _};
use wasmparser::{ImportSectionReader, Parser, Payload, TypeRef};

/// The module with names of its functions by which those with similar code stand side by side, once they are in the order of
/// their names: what is alike is then near enough for the compression to see.
pub(crate) fn named_by_code(module: &[u8]) -> Result<Vec<u8>> {
    let (mut imported, mut bodies) = (0_u32, Vec::new());
    for payload in Parser::new(0).parse_all(module) {
        match payload? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionEntry(body) => bodies.push(body.as_bytes()),
            Payload::CustomSection(section) => {
                ensure!(section.name() != "name", "the module has names already");
            }
            _ => {}
        }
    }
    let mut order: Vec<usize> = (0..bodies.len()).collect();
    order.sort_by_key(|it| bodies[*it]);
    let mut ranks = vec![0; order.len()];
    for (rank, function) in order.into_iter().enumerate() {
        ranks[function] = rank;
    }
    let mut functions = NameMap::new();
    for (index, rank) in (imported..).zip(ranks) {
        functions.append(index, &format!("f{rank:07}"));
    }
    let mut names = NameSection::new();
    names.functions(&functions);
    let mut whole = module.to_vec();
    names.append_to(&mut whole);
    Ok(whole)
}

/// The module and its script with short names for what the one has of the other. wasm-bindgen's end with a hash each, which
/// nothing compresses.
pub(crate) fn with_short_names(module: &[u8], script: &str) -> Result<(Vec<u8>, String)> {
    let mut names = BTreeMap::new();
    for payload in Parser::new(0).parse_all(module) {
        if let Payload::ImportSection(imports) = payload? {
            for import in imports.into_imports() {
                let name = import?.name;
                // One that stands elsewhere too may be meant otherwise there.
                if name.starts_with("__wb") && script.matches(name).count() == 1 {
                    names.insert(name.to_owned(), format!("i{}", names.len()));
                }
            }
        }
    }
    let mut short = String::with_capacity(script.len());
    let mut rest = script;
    // At each place the whole name, of which another may be the beginning.
    while let Some(at) = rest.find("__wb") {
        let name_ends = |it: char| !(it.is_ascii_alphanumeric() || it == '_' || it == '$');
        let end = rest[at..].find(name_ends).map_or(rest.len(), |length| at + length);
        short.push_str(&rest[..at]);
        short.push_str(names.get(&rest[at..end]).map_or(&rest[at..end], String::as_str));
        rest = &rest[end..];
    }
    short.push_str(rest);
    let mut renamed = wasm_encoder::Module::new();
    Renaming { names: &names }.parse_core_module(&mut renamed, Parser::new(0), module)?;
    Ok((renamed.finish(), short))
}

/// Writes a module anew with other names of imports.
struct Renaming<'a> {
    names: &'a BTreeMap<String, String>,
}

impl Reencode for Renaming<'_> {
    type Error = std::convert::Infallible;

    fn parse_import_section(
        &mut self,
        imports: &mut ImportSection,
        section: ImportSectionReader<'_>,
    ) -> Result<(), Error<Self::Error>> {
        for import in section.into_imports() {
            let import = import?;
            let name = self.names.get(import.name).map_or(import.name, String::as_str);
            imports.import(import.module, name, self.entity_type(import.ty)?);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use anyhow::Result;
    use wasm_encoder::{
        CodeSection, EntityType, Function, FunctionSection, ImportSection, Module, TypeSection, ValType,
    };
    use wasmparser::{KnownCustom, Name, Parser, Payload};

    use super::{named_by_code, with_short_names};

    /// A module that imports two functions and has three, the first and the last of which are the same.
    fn module() -> Vec<u8> {
        let (mut types, mut imports) = (TypeSection::new(), ImportSection::new());
        types.ty().function([], [ValType::I32]);
        for name in ["__wbg_get_0123456789abcdef", "__wbg_get_0123456789abcdefg"] {
            imports.import("./glossator_bg.js", name, EntityType::Function(0));
        }
        let (mut functions, mut code) = (FunctionSection::new(), CodeSection::new());
        for number in [7, 1, 7] {
            functions.function(0);
            let mut body = Function::new([]);
            body.instructions().i32_const(number).end();
            code.function(&body);
        }
        let mut module = Module::new();
        module.section(&types).section(&imports).section(&functions).section(&code);
        module.finish()
    }

    #[test]
    fn functions_that_are_alike_get_neighbouring_names() -> Result<()> {
        let named = named_by_code(&module())?;
        let mut found = Vec::new();
        for payload in Parser::new(0).parse_all(&named) {
            if let Payload::CustomSection(section) = payload?
                && let KnownCustom::Name(names) = section.as_known()
            {
                for part in names {
                    let Name::Function(functions) = part? else { continue };
                    for function in functions {
                        let function = function?;
                        found.push((function.index, function.name.to_owned()));
                    }
                }
            }
        }
        let wanted = [(2, "f0000001"), (3, "f0000000"), (4, "f0000002")];
        assert_eq!(found, wanted.map(|(index, name)| (index, name.to_owned())));
        assert!(named_by_code(&named).is_err(), "names are not given twice");
        Ok(())
    }

    #[test]
    fn both_sides_get_the_same_short_names() -> Result<()> {
        let script = "{ __wbg_get_0123456789abcdefg: f, __wbg_get_0123456789abcdef: g, __wbg_other: h }";
        let (module, script) = with_short_names(&module(), script)?;
        let mut imported = Vec::new();
        for payload in Parser::new(0).parse_all(&module) {
            if let Payload::ImportSection(imports) = payload? {
                for import in imports.into_imports() {
                    imported.push(import?.name.to_owned());
                }
            }
        }
        let wanted = ["__wbg_get_0123456789abcdef", "i0"];
        assert_eq!(imported, wanted, "the one is the beginning of the other, so it stands there twice");
        assert_eq!(script, "{ i0: f, __wbg_get_0123456789abcdef: g, __wbg_other: h }");
        Ok(())
    }
}
