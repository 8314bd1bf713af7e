package io.guildhall.query.user;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads users, as others see them, from rows joined with the table {@code users}. */
@Component
public class UserColumns {

    /** The name shown for an erased user (R20: the trail shows an erased person). */
    public static final String ERASED = "Erased person";

    private final Avatars avatars;

    UserColumns(Avatars avatars) {
        this.avatars = avatars;
    }

    /** The columns that {@link #read} and {@link #readUnlessErased} need, of a table {@code users} joined under this alias. */
    public static String columns(String alias) {
        return "%1$s.user_id as %1$s_user_id, %1$s.name as %1$s_name, %1$s.email as %1$s_email, %1$s.erased as %1$s_erased"
                .formatted(alias);
    }

    /** SQL: the current display name of the table {@code users} joined under this alias. */
    public static String shownName(String alias) {
        return "case when %1$s.erased then '%2$s' else %1$s.name end".formatted(alias, ERASED);
    }

    public PublicUserView read(ResultSet row, String alias) throws SQLException {
        UUID user = row.getObject(alias + "_user_id", UUID.class);
        if (row.getBoolean(alias + "_erased")) {
            return new PublicUserView(user.toString(), "", ERASED, avatars.ofErased(user), "", "");
        }
        String name = row.getString(alias + "_name");
        return new PublicUserView(
                user.toString(), row.getString(alias + "_email"), name, avatars.of(user, name), "", "");
    }

    /** Returns null if no user was joined or the user is erased. */
    public @Nullable PublicUserView readUnlessErased(ResultSet row, String alias) throws SQLException {
        return row.getObject(alias + "_user_id") == null || row.getBoolean(alias + "_erased") ? null : read(row, alias);
    }
}
