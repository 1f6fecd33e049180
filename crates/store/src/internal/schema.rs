//! The tables, one description for both engines.

use diesel::{allow_tables_to_appear_in_same_query, joinable, table};

table! {
    clients (id) {
        id -> Text,
        name -> Text,
        slug -> Text,
        contact_email -> Nullable<Text>,
        active -> Bool,
    }
}

table! {
    projects (id) {
        id -> Text,
        name -> Text,
        number -> Nullable<Text>,
        client_id -> Nullable<Text>,
        client_name -> Nullable<Text>,
        status -> Text,
        time_zone -> Nullable<Text>,
        address -> Nullable<Text>,
        portal_enabled -> Bool,
        portal_password_hash -> Nullable<Text>,
        portal_link_token -> Nullable<Text>,
        portal_epoch -> BigInt,
        portal_opened_at -> Nullable<BigInt>,
        portal_opened_from -> Nullable<Text>,
        revision -> BigInt,
    }
}

table! {
    monitoring_locations (id) {
        id -> Text,
        project_id -> Text,
        name -> Text,
        location_type -> Text,
        description -> Nullable<Text>,
        latitude -> Nullable<Double>,
        longitude -> Nullable<Double>,
        sort_order -> Integer,
        removed_at -> Nullable<BigInt>,
    }
}

table! {
    roster_units (id) {
        id -> Text,
        device_type -> Text,
        serial -> Nullable<Text>,
        model -> Nullable<Text>,
        calibration_due -> Nullable<BigInt>,
        retired_at -> Nullable<BigInt>,
    }
}

table! {
    unit_assignments (id) {
        id -> Text,
        location_id -> Text,
        unit_id -> Text,
        device_type -> Text,
        status -> Text,
        assigned_from -> BigInt,
        assigned_until -> Nullable<BigInt>,
    }
}

table! {
    login_failures (key) {
        key -> Text,
        count -> BigInt,
        window_started_at -> BigInt,
        locked_until -> Nullable<BigInt>,
    }
}

table! {
    preview_tickets (id) {
        id -> Text,
        project_id -> Text,
        expires_at -> BigInt,
        used_at -> Nullable<BigInt>,
    }
}

table! {
    portal_processes (id) {
        id -> Text,
        address -> Text,
        version -> Text,
        started_at -> BigInt,
        reported_at -> BigInt,
        feeds -> BigInt,
        viewers -> BigInt,
        people -> BigInt,
        warnings -> BigInt,
        errors -> BigInt,
        recent -> Text,
    }
}

table! {
    portal_watching (process_id, project_id) {
        process_id -> Text,
        project_id -> Text,
        portal_epoch -> BigInt,
        people -> BigInt,
    }
}

table! {
    audit_log (id) {
        id -> Text,
        at -> BigInt,
        actor -> Text,
        origin -> Text,
        action -> Text,
        subject_kind -> Text,
        subject_id -> Text,
        before_state -> Nullable<Text>,
        after_state -> Nullable<Text>,
    }
}

table! {
    operator_users (id) {
        id -> Text,
        email -> Text,
        display_name -> Text,
        password_hash -> Text,
        role -> Text,
        active -> Bool,
        created_at -> BigInt,
        last_login_at -> Nullable<BigInt>,
        sign_in_count -> BigInt,
        sessions_valid_from -> BigInt,
        failed_login_count -> BigInt,
        lockouts_in_a_row -> BigInt,
        locked_until -> Nullable<BigInt>,
        totp_secret -> Nullable<Text>,
        totp_offered_at -> Nullable<BigInt>,
        totp_enabled -> Bool,
        totp_last_step -> Nullable<BigInt>,
    }
}

table! {
    operator_recovery_codes (user_id, digest) {
        user_id -> Text,
        digest -> Text,
    }
}

table! {
    operator_unknown_logins (email_digest) {
        email_digest -> Text,
        failed_login_count -> BigInt,
        lockouts_in_a_row -> BigInt,
        locked_until -> Nullable<BigInt>,
        forgotten_at -> BigInt,
    }
}

table! {
    /// Diesel's own record of what was applied.
    __diesel_schema_migrations (version) {
        version -> Text,
        run_on -> Timestamp,
    }
}

joinable!(projects -> clients (client_id));
joinable!(monitoring_locations -> projects (project_id));
joinable!(unit_assignments -> monitoring_locations (location_id));
joinable!(unit_assignments -> roster_units (unit_id));
joinable!(preview_tickets -> projects (project_id));
joinable!(portal_watching -> portal_processes (process_id));
joinable!(portal_watching -> projects (project_id));

allow_tables_to_appear_in_same_query!(
    clients,
    projects,
    monitoring_locations,
    roster_units,
    unit_assignments,
    preview_tickets,
    portal_processes,
    portal_watching,
);
