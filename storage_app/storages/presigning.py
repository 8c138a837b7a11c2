"""A presigned GET that is dated by us: botocore's own changes every second and no browser could cache it."""

from datetime import UTC, datetime
from urllib.parse import quote

from botocore.auth import S3SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials


class DatedQueryAuth(S3SigV4QueryAuth):
    def sign_as_of(self, request: AWSRequest, moment: datetime) -> str:
        request.context["timestamp"] = moment.strftime("%Y%m%dT%H%M%SZ")
        self._modify_request_before_signing(request)
        text = self.string_to_sign(request, self.canonical_request(request))
        self._inject_signature_to_request(request, self.signature(text, request))
        return request.url


def presigned_get(
    *, endpoint: str, bucket: str, key: str, credentials: tuple[str, str], signed_at: int, seconds: int
) -> str:
    """The address of one object, good for `seconds` from `signed_at` (epoch seconds), for GET only."""
    request = AWSRequest(method="GET", url=f"{endpoint.rstrip('/')}/{bucket}/{quote(key)}")
    auth = DatedQueryAuth(Credentials(*credentials), "s3", "auto", seconds)
    return auth.sign_as_of(request, datetime.fromtimestamp(signed_at, UTC))
