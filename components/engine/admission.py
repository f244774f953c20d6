"""What the parts of a cluster are told, so that they let in only who has their certificate."""

ROLES = ("client", "scheduler", "worker")


def settings_with(certificate: str) -> dict[str, str]:
    """Environment variables for the processes of a cluster, and for who connects to it.

    `certificate` is the text itself or the path of a file with it. Only the user that a process
    runs as can read its environment.
    """
    prefix = "DASK_DISTRIBUTED__COMM__"
    return {
        f"{prefix}REQUIRE_ENCRYPTION": "True",
        f"{prefix}TLS__CA_FILE": certificate,
        **{f"{prefix}TLS__{role.upper()}__CERT": certificate for role in ROLES},
    }
