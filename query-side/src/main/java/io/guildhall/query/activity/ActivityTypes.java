package io.guildhall.query.activity;

import java.util.List;

/** The types of object that activities are about. */
public final class ActivityTypes {

    /** In trails of organizations. */
    public static final List<String> OF_ORGANIZATIONS =
            List.of(Activity.ORGANIZATION, Activity.MEMBER, Activity.INVITATION, Activity.CREDENTIAL, Activity.WEBHOOK);

    private ActivityTypes() {}
}
