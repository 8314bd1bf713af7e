package io.guildhall.domain.membership;

/** What a member may do in an organization. There is one role so far (R15: the only role of the contract is OWNER). */
public enum MemberRole {
    OWNER("owner");

    private final String storedName;

    MemberRole(String storedName) {
        this.storedName = storedName;
    }

    /** The role's name in stored events; never changes. */
    public String storedName() {
        return storedName;
    }
}
