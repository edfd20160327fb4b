//! One thing that can be asked of the server, in OpenAPI's words.

use std::collections::BTreeMap;

use utoipa::openapi::path::{OperationBuilder, ParameterBuilder, ParameterIn};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, Schema, SchemaFormat, Type};
use utoipa::openapi::security::SecurityRequirement;
use utoipa::openapi::{ContentBuilder, HttpMethod, PathItem, Ref, RefOr, Required, ResponseBuilder};
use utoipa::{PartialSchema, ToSchema};

use crate::{PROBLEM_TYPE, Problem, code};

/// Name of the security scheme.
pub(super) const SESSION: &str = "session";

const JSON: &str = "application/json";

pub(super) type Schemas = Vec<(String, RefOr<Schema>)>;

/// A method at a path; see [`super::operations`] for how it reads.
pub(super) struct Operation {
    method: HttpMethod,
    path: &'static str,
    built: OperationBuilder,
    schemas: Schemas,
    /// Codes by status.
    problems: BTreeMap<u16, Vec<&'static str>>,
}

impl Operation {
    /// Everything can fail on our side.
    pub(super) fn new(method: HttpMethod, path: &'static str, id: &str, summary: &str) -> Self {
        let built = OperationBuilder::new().operation_id(Some(id)).summary(Some(summary));
        let operation = Operation { method, path, built, schemas: Vec::new(), problems: BTreeMap::new() };
        operation.refuses(500, code::INTERNAL).refuses(503, code::BUSY)
    }

    /// More than fits into the summary.
    pub(super) fn says(self, description: &str) -> Self {
        self.build(|built| built.description(Some(description)))
    }

    /// Only with a token.
    pub(super) fn signed_in(self) -> Self {
        self.build(|built| built.security(SecurityRequirement::new::<_, [&str; 0], &str>(SESSION, [])))
            .refuses(401, code::NOT_SIGNED_IN)
            .refuses(403, code::ACCOUNT_SUSPENDED)
    }

    /// Only for administrators.
    pub(super) fn administrator(self) -> Self {
        self.signed_in().refuses(403, code::FORBIDDEN)
    }

    /// Only for roles that see the live panel.
    pub(super) fn supervisor(self) -> Self {
        self.signed_in().refuses(403, code::FORBIDDEN)
    }

    /// With a JSON body.
    pub(super) fn takes<T: ToSchema>(self) -> Self {
        let (taken, schema) = self.shape::<T>();
        let content = ContentBuilder::new().schema(Some(schema)).build();
        let body = RequestBodyBuilder::new().content(JSON, content).required(Some(Required::True)).build();
        let taken = taken.build(|built| built.request_body(Some(body)));
        let taken = taken.refuses(400, code::BAD_REQUEST).refuses(413, code::TOO_LARGE);
        taken.refuses(415, code::NOT_JSON).refuses(422, code::BAD_BODY)
    }

    /// With a body of another kind.
    pub(super) fn takes_other(self, media_types: &[&str], description: &str) -> Self {
        let content = || ContentBuilder::new().schema(Some(binary())).build();
        let body = RequestBodyBuilder::new().description(Some(description)).required(Some(Required::True));
        let body = media_types.iter().fold(body, |body, media_type| body.content(*media_type, content()));
        self.build(|built| built.request_body(Some(body.build())))
            .refuses(400, code::BAD_REQUEST)
            .refuses(413, code::TOO_LARGE)
    }

    /// With something in the path.
    pub(super) fn in_path(self, name: &str, description: &str) -> Self {
        self.parameter(ParameterIn::Path, name, String::schema(), Required::True, description)
    }

    /// With something in the query.
    pub(super) fn query<T: PartialSchema>(self, name: &str, required: bool, description: &str) -> Self {
        let needed = if required { Required::True } else { Required::False };
        self.parameter(ParameterIn::Query, name, T::schema(), needed, description).refuses(400, code::BAD_REQUEST)
    }

    /// Answers JSON.
    pub(super) fn answers<T: ToSchema>(self, status: u16, description: &str) -> Self {
        let (named, schema) = self.shape::<T>();
        let response = ResponseBuilder::new().description(description);
        let response = response.content(JSON, ContentBuilder::new().schema(Some(schema)).build()).build();
        named.build(|built| built.response(status.to_string(), response))
    }

    /// Answers something else.
    pub(super) fn answers_other(self, status: u16, media_type: &str, description: &str) -> Self {
        let content = ContentBuilder::new().schema(Some(binary())).build();
        let response = ResponseBuilder::new().description(description).content(media_type, content).build();
        self.build(|built| built.response(status.to_string(), response))
    }

    /// Answers without a body.
    pub(super) fn answers_nothing(self, status: u16, description: &str) -> Self {
        let response = ResponseBuilder::new().description(description).build();
        self.build(|built| built.response(status.to_string(), response))
    }

    /// A problem of this code.
    pub(super) fn refuses(mut self, status: u16, code: &'static str) -> Self {
        let codes = self.problems.entry(status).or_default();
        if !codes.contains(&code) {
            codes.push(code);
        }
        self
    }

    /// A problem with more in it.
    pub(super) fn refuses_with<T: ToSchema>(mut self, status: u16, code: &'static str) -> Self {
        self.problems.remove(&status);
        let (named, schema) = self.shape::<T>();
        let response = ResponseBuilder::new().description(format!("`{code}`"));
        let response = response.content(PROBLEM_TYPE, ContentBuilder::new().schema(Some(schema)).build()).build();
        named.build(|built| built.response(status.to_string(), response))
    }

    pub(super) fn finish(self) -> (&'static str, PathItem, Schemas) {
        let (mut named, schema) = self.shape::<Problem>();
        for (status, codes) in std::mem::take(&mut named.problems) {
            let words: Vec<String> = codes.iter().map(|code| format!("`{code}`")).collect();
            let content = ContentBuilder::new().schema(Some(schema.clone())).build();
            let response = ResponseBuilder::new().description(words.join(", ")).content(PROBLEM_TYPE, content).build();
            named = named.build(|built| built.response(status.to_string(), response));
        }
        (named.path, PathItem::new(named.method, named.built), named.schemas)
    }

    fn parameter(self, place: ParameterIn, name: &str, schema: RefOr<Schema>, needed: Required, says: &str) -> Self {
        let parameter = ParameterBuilder::new().name(name).parameter_in(place).required(needed);
        let parameter = parameter.description(Some(says)).schema(Some(schema)).build();
        self.build(|built| built.parameter(parameter))
    }

    /// Describes the shape once and refers to it.
    fn shape<T: ToSchema>(mut self) -> (Self, RefOr<Schema>) {
        self.schemas.push((T::name().into_owned(), T::schema()));
        T::schemas(&mut self.schemas);
        (self, RefOr::Ref(Ref::from_schema_name(T::name())))
    }

    fn build(self, with: impl FnOnce(OperationBuilder) -> OperationBuilder) -> Self {
        Operation { built: with(self.built), ..self }
    }
}

fn binary() -> Schema {
    let object =
        ObjectBuilder::new().schema_type(Type::String).format(Some(SchemaFormat::KnownFormat(KnownFormat::Binary)));
    Schema::Object(object.build())
}
