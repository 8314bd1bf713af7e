package io.guildhall.query.organization;

import java.sql.ResultSet;
import java.sql.SQLException;

/** An organization as users outside of it see it. */
public record PublicOrganizationView(String id, String externalId, String name, String plan, String status) {

    /** The columns that {@link #read} needs, of the table {@code organizations} joined as {@code o}. */
    public static final String COLUMNS =
            "o.organization as o_organization, o.name as o_name, o.plan as o_plan, o.shown_status as o_status";

    public static PublicOrganizationView read(ResultSet row) throws SQLException {
        return new PublicOrganizationView(
                row.getString("o_organization"),
                "",
                row.getString("o_name"),
                row.getString("o_plan"),
                row.getString("o_status"));
    }
}
