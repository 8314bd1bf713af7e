package io.guildhall.query.activity;

import io.guildhall.query.activity.ExportedActivity.About;
import io.guildhall.query.user.UserColumns;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * Looks up the current names of all actors and objects of a page of activities. One statement reads by key, from the
 * tables of their types only, which is cheaper than a join.
 */
final class ActivityNameResolver {

    private static final ObjectReader OBJECT =
            JsonMapper.shared().readerFor(new TypeReference<Map<String, Object>>() {});

    /**
     * @param name empty if there is none
     * @param exists whether it is neither deleted nor ended
     * @param about one further property, as defined by its type; null if there is none
     */
    private record Details(
            String name, boolean exists, @Nullable String about) {}

    private static final Details UNKNOWN = new Details("", false, null);

    /** Each selects an id, a name, whether it exists, and one further property. */
    private static final Map<String, String> LOOKUPS = new LinkedHashMap<>();

    static {
        LOOKUPS.put(
                Activity.USER,
                "select user_id, %s, not erased, cast(null as text) from users where user_id = any(?)"
                        .formatted(UserColumns.shownName("users")));
        LOOKUPS.put(
                Activity.MEMBER,
                "select m.membership, %s, m.ended is null, cast(m.user_id as text) from members m"
                                .formatted(UserColumns.shownName("person"))
                        + " left join users person on person.user_id = m.user_id where m.membership = any(?)");
        LOOKUPS.put(
                Activity.ORGANIZATION,
                "select organization, name, status <> 'DELETED', null from organizations where organization = any(?)");
        LOOKUPS.put(
                Activity.INVITATION,
                "select invitation, email, status <> 'REVOKED', email from invitations where invitation = any(?)");
        LOOKUPS.put(Activity.CREDENTIAL, "select token, name, not revoked, type from tokens where token = any(?)");
        LOOKUPS.put(
                Activity.WEBHOOK,
                "select webhook, substring(url from '://([^/?#]*)'), not deleted, null from webhooks where webhook = any(?)");
        LOOKUPS.put(
                Activity.SESSION, "select session, '', expires_at > now(), null from sessions where session = any(?)");
    }

    /**
     * Selects the name that an organization had at the time of an activity in a user's trail, by event id. Later names
     * are visible to members only (R23: an organization does not exist for others).
     */
    private static final String FORMER_NAMES = """
            select past.event, (
                select coalesce(n.metadata ->> 'to', n.metadata ->> 'name') from activities n
                where n.trail = past.organization and n.object_type = 'organization' and n.occurred_at <= past.occurred_at
                  and (n.verb = 'created' or n.metadata ->> 'event' = 'renamed')
                order by n.sequence desc limit 1), true, cast(null as text)
            from (select event, object as organization, occurred_at from activities where trail = ? and sequence = any(?)) past""";

    private final Map<UUID, Details> details = new HashMap<>();

    /** Ids are unique across types. */
    ActivityNameResolver(JdbcClient jdbc, UUID trail, Collection<ActivityRow> rows) {
        Map<String, Set<UUID>> idsByType = new HashMap<>();
        List<Long> ofOtherOrganizations = new ArrayList<>();
        for (ActivityRow row : rows) {
            add(idsByType, row.objectType(), row.object());
            add(idsByType, row.actorType(), row.actor());
            if (row.objectType().equals(Activity.ORGANIZATION) && !row.object().equals(trail)) {
                ofOtherOrganizations.add(row.sequence());
            }
        }
        List<String> lookups = new ArrayList<>();
        List<Object> parameters = new ArrayList<>();
        LOOKUPS.forEach((type, lookup) -> {
            Set<UUID> ids = idsByType.get(type);
            if (ids != null) {
                lookups.add(lookup);
                parameters.add(ids.toArray(UUID[]::new));
            }
        });
        if (!ofOtherOrganizations.isEmpty()) {
            lookups.add(FORMER_NAMES);
            parameters.add(trail);
            parameters.add(ofOtherOrganizations.toArray(Long[]::new));
        }
        if (!lookups.isEmpty()) {
            jdbc.sql(String.join(" union all ", lookups)).params(parameters).query(row -> {
                details.put(
                        row.getObject(1, UUID.class),
                        new Details(orEmpty(row.getString(2)), row.getBoolean(3), row.getString(4)));
            });
        }
    }

    private static void add(Map<String, Set<UUID>> idsByType, String type, @Nullable UUID id) {
        if (id != null) {
            idsByType.computeIfAbsent(type, it -> new HashSet<>()).add(id);
        }
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    ActivityView view(ActivityRow row) {
        About about = about(row);
        return new ActivityView(
                row.event().toString(),
                new ObjectView(actorId(row), actorName(row), row.actorType(), Map.of(), isActorDeleted(row)),
                new ObjectView(
                        row.object().toString(),
                        objectName(row),
                        row.objectType(),
                        about == null ? Map.of() : Map.of(about.key(), about.value()),
                        !of(row).exists()),
                row.eventType(),
                row.verb(),
                metadata(row),
                row.at().toInstant(),
                row.sequence());
    }

    ExportedActivity exported(ActivityRow row) {
        return new ExportedActivity(
                row.event(),
                row.sequence(),
                row.at().toInstant(),
                row.actorType(),
                actorId(row),
                actorName(row),
                row.eventType(),
                row.verb(),
                row.objectType(),
                row.object(),
                objectName(row),
                !of(row).exists(),
                about(row),
                row.metadata(),
                row.token(),
                row.request());
    }

    private Details of(ActivityRow row) {
        return details.getOrDefault(row.object(), UNKNOWN);
    }

    private String objectName(ActivityRow row) {
        String former = details.getOrDefault(row.event(), UNKNOWN).name();
        return former.isEmpty() ? of(row).name() : former;
    }

    private static String actorId(ActivityRow row) {
        return switch (row.actorType()) {
            case Actor.OPERATOR -> "operator";
            case Actor.SYSTEM -> "system";
            default -> row.actor() == null ? "" : row.actor().toString();
        };
    }

    private String actorName(ActivityRow row) {
        return switch (row.actorType()) {
            case Actor.OPERATOR -> "Operator";
            case Actor.SYSTEM -> "System";
            default -> details.getOrDefault(row.actor(), UNKNOWN).name();
        };
    }

    /** Whether the actor is an erased user or a revoked token. */
    private boolean isActorDeleted(ActivityRow row) {
        return row.actor() != null
                && !details.getOrDefault(row.actor(), UNKNOWN).exists();
    }

    private @Nullable About about(ActivityRow row) {
        String key = switch (row.objectType()) {
            case Activity.INVITATION -> "email";
            case Activity.MEMBER -> "user_id";
            case Activity.CREDENTIAL -> "type";
            default -> null;
        };
        return key == null ? null : new About(key, orEmpty(of(row).about()));
    }

    private static Map<String, Object> metadata(ActivityRow row) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        if (!row.metadata().equals("{}")) {
            metadata.putAll(OBJECT.<Map<String, Object>>readValue(row.metadata()));
        }
        if (row.token() != null) {
            metadata.put("auth_token_ref", "credential:" + row.token());
        }
        if (row.request() != null) {
            metadata.put("request_id", row.request());
        }
        return metadata;
    }
}
