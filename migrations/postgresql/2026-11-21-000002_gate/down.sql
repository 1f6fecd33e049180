DROP TABLE preview_tickets;
DROP TABLE login_failures;
