DROP TABLE operator_unknown_logins;
DROP TABLE operator_recovery_codes;
DROP TABLE operator_users;
