package io.guildhall.query.session;

import io.guildhall.infrastructure.projection.CoalescingLoader;
import io.guildhall.query.organization.OrganizationView;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.stereotype.Component;

/**
 * Looks up the caller of a token on every request, without a cache (R17: a removed member's token fails at once on
 * every node). Uses a unique index and one statement for all concurrent requests. Called directly instead of by a query
 * message, as every request needs it first.
 *
 * <p>While an event that revokes access is a dead letter, nobody of that organization or user is admitted:
 * {@link AccessUndeterminedException}.
 */
@Component
public class BearerTokenLookup {

    /** The last use may not be written yet, but is never before the start of the newest session. */
    private static final String NOT_IDLE =
            "(%1$s.sign_in is null or greatest(u.at, %1$s.started) > now() - make_interval(secs => ?))";

    private static final String SESSION = """
            select s.session, s.user_id, s.organization, s.session_token_id, m.membership is not null, o.status, o.locked, s.expires_at, s.token_hash,
                   s.scopes, s.interactive, s.sign_in, s.authenticated_at, %s,
                   exists (select from dead_letters d where d.ends_access and d.trail in (s.user_id::text, s.organization::text))
                       as not_known
            from sessions s
            left join organizations o on o.organization = s.organization
            left join members m on m.organization = s.organization and m.user_id = s.user_id and m.ended is null
            left join tokens v on v.token = s.session_token_id
            left join sign_in_last_use u on u.sign_in = s.sign_in
            where s.token_hash = any(?) and s.expires_at > now()
              and (s.session_token_id is null
                   or v.active and not v.revoked and (v.expires_at is null or v.expires_at > now()))
              and %s
            """.formatted(OrganizationView.COLUMNS, NOT_IDLE.formatted("s"));

    private static final String SESSION_IN = """
            select s.session, s.user_id, k.organization, s.session_token_id, m.membership is not null, o.status, o.locked, s.expires_at, s.token_hash,
                   s.scopes, s.interactive, s.sign_in, s.authenticated_at, %s,
                   exists (select from dead_letters d where d.ends_access and d.trail in (s.user_id::text, k.organization::text))
                       as not_known
            from unnest(cast(? as text[]), cast(? as uuid[])) as k (token_hash, organization)
            join sessions s on s.token_hash = k.token_hash
            left join organizations o on o.organization = k.organization
            left join members m on m.organization = k.organization and m.user_id = s.user_id and m.ended is null
            left join sign_in_last_use u on u.sign_in = s.sign_in
            where s.expires_at > now() and s.interactive and s.session_token_id is null
              and %s
            """.formatted(OrganizationView.COLUMNS, NOT_IDLE.formatted("s"));

    /** An API token issued with a bound session is valid as long as that session. */
    private static final String TOKEN = """
            select t.token, t.type, t.user_id, t.organization, t.active and m.membership is not null, o.status, o.locked,
                   t.expires_at, t.token_hash, t.scopes, p.sign_in, t.parent_session, %s,
                   exists (select from dead_letters d where d.ends_access
                           and d.trail in (t.organization::text, p.user_id::text)) as not_known
            from tokens t
            join organizations o on o.organization = t.organization
            left join members m on m.organization = t.organization and m.user_id = t.user_id and m.ended is null
            left join sessions p on p.session = t.parent_session
            left join sign_in_last_use u on u.sign_in = p.sign_in
            where t.token_hash = any(?) and not t.revoked and (t.expires_at is null or t.expires_at > now())
              and (t.parent_session is null or p.expires_at > now() and %s)
            """.formatted(OrganizationView.COLUMNS, NOT_IDLE.formatted("p"));

    private static final int HASH_COLUMN = 9;

    private final JdbcTemplate jdbc;
    private final CoalescingLoader<String, Found> sessions =
            new CoalescingLoader<>(hashes -> find(SESSION, hashes, BearerTokenLookup::session));
    private final CoalescingLoader<SessionIn, Found> sessionsIn = new CoalescingLoader<>(this::findIn);
    private final CoalescingLoader<String, Found> tokens =
            new CoalescingLoader<>(hashes -> find(TOKEN, hashes, BearerTokenLookup::token));

    private final SessionIdleLimit idle;

    BearerTokenLookup(JdbcTemplate jdbc, SessionIdleLimit idle) {
        this.jdbc = jdbc;
        this.idle = idle;
    }

    /**
     * Returns null if the session does not exist, has ended or expired, or was created with an API token that is no
     * longer valid.
     */
    public @Nullable CallerView findSession(String tokenHash) {
        return requireDetermined(sessions.find(tokenHash));
    }

    /**
     * Looks up an interactive session for an organization other than its current one. Returns null as
     * {@link #findSession}, and for a bound session. If the user does not belong to the organization, the caller is not a
     * member.
     */
    public @Nullable CallerView findSessionIn(UUID organization, String tokenHash) {
        return requireDetermined(sessionsIn.find(new SessionIn(tokenHash, organization)));
    }

    private record SessionIn(String tokenHash, UUID organization) {}

    /**
     * Returns null if the API token does not exist, is revoked or has expired. The caller of a deactivated token is not
     * a member.
     */
    public @Nullable CallerView findToken(String tokenHash) {
        return requireDetermined(tokens.find(tokenHash));
    }

    /** Kept per row, because other callers of the same batch are admitted. */
    private record Found(CallerView caller, boolean undetermined) {}

    private static @Nullable CallerView requireDetermined(@Nullable Found found) {
        if (found != null && found.undetermined()) {
            throw new AccessUndeterminedException();
        }
        return found == null ? null : found.caller();
    }

    private Map<String, Found> find(String sql, List<String> hashes, RowMapper<CallerView> mapper) {
        Map<String, Found> found = HashMap.newHashMap(hashes.size());
        jdbc.query(
                sql,
                row -> {
                    found.put(
                            row.getString(HASH_COLUMN), new Found(mapper.mapRow(row, 0), row.getBoolean("not_known")));
                },
                hashes.toArray(String[]::new),
                idle.value().toSeconds());
        return found;
    }

    private Map<SessionIn, Found> findIn(List<SessionIn> keys) {
        Map<SessionIn, Found> found = HashMap.newHashMap(keys.size());
        jdbc.query(
                SESSION_IN,
                row -> {
                    CallerView caller = session(row, 0);
                    found.put(
                            new SessionIn(row.getString(HASH_COLUMN), row.getObject(3, UUID.class)),
                            new Found(caller, row.getBoolean("not_known")));
                },
                keys.stream().map(SessionIn::tokenHash).toArray(String[]::new),
                keys.stream().map(it -> it.organization().toString()).toArray(String[]::new),
                idle.value().toSeconds());
        return found;
    }

    private static CallerView session(ResultSet row, int n) throws SQLException {
        return new CallerView(
                "SESSION",
                row.getObject(1, UUID.class),
                row.getObject(2, UUID.class),
                row.getObject(3, UUID.class),
                row.getObject(4, UUID.class),
                row.getBoolean(5),
                row.getString(6),
                row.getBoolean(7),
                row.getObject(8, OffsetDateTime.class).toInstant(),
                scopes(row),
                row.getBoolean("interactive"),
                row.getObject("sign_in", UUID.class),
                instant(row, "authenticated_at"),
                null,
                // Null without a current organization or if the organization does not exist.
                row.getString(6) == null ? null : OrganizationView.read(row));
    }

    private static CallerView token(ResultSet row, int n) throws SQLException {
        String type = row.getString(2);
        Instant expires = instant(row, "expires_at");
        return new CallerView(
                type,
                row.getObject(1, UUID.class),
                type.equals("USER") ? row.getObject(3, UUID.class) : null,
                row.getObject(4, UUID.class),
                null,
                row.getBoolean(5),
                row.getString(6),
                row.getBoolean(7),
                expires == null ? Instant.MAX : expires,
                scopes(row),
                false,
                row.getObject("sign_in", UUID.class),
                null,
                row.getObject("parent_session", UUID.class),
                OrganizationView.read(row));
    }

    private static @Nullable List<String> scopes(ResultSet row) throws SQLException {
        Array scopes = row.getArray("scopes");
        return scopes == null ? null : List.of((String[]) scopes.getArray());
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
