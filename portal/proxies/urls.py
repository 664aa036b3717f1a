from django.urls import path

from portal.proxies.views import entering, hand_overs, invitations, objections, paper_forms

app_name = "proxies"

urlpatterns = [
    path("", entering.find, name="find"),
    path("take-up/", entering.take_up, name="take_up"),
    path("people/<int:pk>/", entering.person, name="person"),
    path("people/<int:pk>/phone/", entering.show_phone, name="show_phone"),
    path("people/<int:pk>/report-in/", entering.report_in, name="report_in"),
    path("people/<int:pk>/sign-up/", entering.sign_up, name="sign_up"),
    path("people/<int:pk>/leave/", entering.leave, name="leave"),
    path("people/<int:pk>/correction/", entering.correct, name="correction"),
    path("people/<int:pk>/profile/", entering.profile, name="profile"),
    path("people/<int:pk>/moved-away/", entering.moved_away, name="moved_away"),
    path("people/<int:pk>/hand-over/", hand_overs.hand_over, name="hand_over"),
    path("people/<int:pk>/put-together/", hand_overs.put_together, name="put_together"),
    path("hand-overs/<int:pk>/", hand_overs.handed_over, name="handed_over"),
    path("entries/", objections.entries, name="entries"),
    path("entries/<int:pk>/answer/", objections.answer, name="answer"),
    path("mine/", objections.mine, name="mine"),
    path("mine/leave/", objections.leave_community, name="leave_community"),
    path("mine/<int:pk>/undo/", objections.undo, name="undo"),
    path("mine/<int:pk>/object/", objections.object_to, name="object"),
    path("mine/offers/<int:pk>/", hand_overs.offer, name="offer"),
    path("mine/offers/<int:pk>/decline/", hand_overs.decline, name="decline_offer"),
    path("paper/", paper_forms.paper_forms, name="paper_forms"),
    path("paper/open/", paper_forms.open_by_code, name="open_form"),
    path("paper/<str:code>/", paper_forms.enter_form, name="enter_form"),
    path("paper/<str:code>/print/", paper_forms.print_forms, name="print_forms"),
    path("invitations/", invitations.invitations, name="invitations"),
    path("invitations/<int:pk>/", invitations.invitation, name="invitation"),
    path("invitations/<int:pk>/revoke/", invitations.revoke, name="revoke"),
    path("joinings/", invitations.joinings, name="joinings"),
    path("joinings/<int:pk>/", invitations.settle, name="settle"),
]
